#include "contact-svc/app/record_capture.h"

#include <memory>
#include <utility>

#include "contact-svc/app/create_contact.h"
#include "contact-svc/app/idempotent_write.h"
#include "contact-svc/app/prepare_contact.h"
#include "contact-svc/app/update_contact.h"
#include "contact-svc/domain/capture.h"
#include "contact-svc/domain/validation.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/unique_id.h"

namespace limpid::contact {
namespace {

// More known people than this under one key are an office, whom a person has to look through anyway.
constexpr int kMaxCandidates = 50;

KeptAnswer Answer(CaptureOutcome outcome, const Contact& contact, std::string held_capture) {
  return {.contact = contact,
          .subject = contact.id,
          .outcome = static_cast<int64_t>(outcome),
          .held_capture = std::move(held_capture)};
}

}  // namespace

RecordedCapture RecordedCaptureOf(KeptAnswer answer) {
  return {.outcome = static_cast<CaptureOutcome>(answer.outcome),
          .contact = std::move(answer.contact),
          .held_capture = std::move(answer.held_capture),
          .check = std::move(answer.check)};
}

absl::StatusOr<RecordedCapture> RecordCapture::Run(const Call& call, Input in) {
  std::vector<MatchKey> keys;
  // Of a refused capture nothing is stored: what is wrong with it has been said.
  if (!in.refused) {
    ErrorCollector errors;
    errors.Merge("",
                 Prepare(in.contact, in.default_region, Origin::kCapture, Now(parts_.clock), parts_.forms));
    errors.Merge("consents", Validate(in.consents));
    if (absl::Status status = errors.Finish(); !status.ok()) return status;
    keys = IdentifyingKeysOf(in.contact);
  }
  absl::StatusOr<KeptAnswer> answer = WriteOnce(parts_.store, parts_.clock, call, kOperation, keys,
                                                [&](ContactWriter& writer) -> absl::StatusOr<KeptAnswer> {
                                                  absl::StatusOr<KeptAnswer> stored = Store(call, in, writer);
                                                  if (stored.ok()) stored->check = in.check;
                                                  return stored;
                                                });
  if (!answer.ok()) return answer.status();
  return RecordedCaptureOf(*std::move(answer));
}

absl::StatusOr<KeptAnswer> RecordCapture::Store(const Call& call, const Input& in,
                                                ContactWriter& writer) const {
  if (in.refused) return KeptAnswer{.outcome = static_cast<int64_t>(CaptureOutcome::kRefused)};
  absl::StatusOr<std::vector<Contact>> known =
      writer.FindByKeys(IdentifyingKeysOf(in.contact), kMaxCandidates);
  if (!known.ok()) return known.status();
  const std::shared_ptr<const text::GivenNames> names = parts_.forms.given_names();
  std::vector<Match> matches;
  for (Contact& contact : *known) {
    matches.push_back(Judge(in.contact, std::move(contact), *names));
  }
  SortBestFirst(matches);
  const CaptureDecision decision = Decide(matches);
  switch (decision.kind) {
    case CaptureDecision::Kind::kCreate:
      return Create(call, in, writer);
    case CaptureDecision::Kind::kUpdate:
      return Update(call, in, matches[decision.match].contact, writer);
    case CaptureDecision::Kind::kHold:
      break;
  }
  std::vector<ContactId> candidates;
  candidates.reserve(matches.size());
  for (const Match& match : matches) candidates.push_back(match.contact.id);
  absl::StatusOr<std::string> held = Hold(in, std::move(candidates), decision.reason, writer);
  if (!held.ok()) return held.status();
  return KeptAnswer{.outcome = static_cast<int64_t>(CaptureOutcome::kHeldForReview),
                    .held_capture = *std::move(held)};
}

absl::StatusOr<KeptAnswer> RecordCapture::Create(const Call& call, const Input& in,
                                                 ContactWriter& writer) const {
  const absl::Time now = Now(parts_.clock);
  Contact contact = in.contact;
  contact.id = ContactId(NewId("c", parts_.clock, parts_.random));
  // The validation has bounded the consents of one capture.
  [[maybe_unused]] const bool fits = AddConsents(in.consents, now, contact);
  if (absl::Status status = InsertContact(writer, call, contact, now); !status.ok()) return status;
  return Answer(CaptureOutcome::kCreated, contact, {});
}

absl::StatusOr<KeptAnswer> RecordCapture::Update(const Call& call, const Input& in, const Contact& known,
                                                 ContactWriter& writer) const {
  const absl::Time now = Now(parts_.clock);
  const AbsorbPolicy policy = call.role == Role::kCapture ? AbsorbPolicy::kFillEmpty : AbsorbPolicy::kRefresh;
  Absorbed absorbed = Absorb(known, in.contact, policy);
  if (!AddConsents(in.consents, now, absorbed.contact)) {
    return InvalidField("consents", reason::kTooMany, "The contact cannot hold more consents.");
  }
  if (absl::Status status = ReplaceContact(writer, call, known, absorbed.contact, now); !status.ok()) {
    return status;
  }
  std::string held;
  if (absorbed.left_out) {
    absl::StatusOr<std::string> id = Hold(in, {known.id}, kValuesToReview, writer);
    if (!id.ok()) return id.status();
    held = *std::move(id);
  }
  return Answer(CaptureOutcome::kUpdated, absorbed.contact, std::move(held));
}

absl::StatusOr<std::string> RecordCapture::Hold(const Input& in, std::vector<ContactId> candidates,
                                                std::string_view reason, ContactWriter& writer) const {
  HeldCapture held{.id = NewId("h", parts_.clock, parts_.random),
                   .create_time = Now(parts_.clock),
                   .contact = in.contact,
                   .consents = in.consents,
                   .candidates = std::move(candidates),
                   .reason = std::string(reason)};
  for (Consent& consent : held.consents) consent.time = held.create_time;
  if (absl::Status status = writer.Hold(held); !status.ok()) return status;
  return held.id;
}

}  // namespace limpid::contact

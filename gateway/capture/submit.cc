#include "gateway/capture/submit.h"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/capture/tidy.h"
#include "gateway/capture/validation.h"
#include "libs/base/error.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

using contact::v1::CaptureOutcome;
using contact::v1::Contact;

// Where a field of the contact stands in the request of the caller, who knows no contact yet.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kFieldsOfTheCaller = {{
    {"contact.emails[0].value", "email"},
    {"contact.phones[0].value", "phone"},
    {"contact.postal_addresses[0].value", "postal_address"},
    {"contact.company.display_name", "company"},
    {"contact.", ""},
    {"", ""},
}};

std::string FieldOfTheCaller(std::string_view field) {
  for (const auto& [inner, outer] : kFieldsOfTheCaller) {
    if (field.starts_with(inner)) return StrCat(outer, field.substr(inner.size()));
  }
  return std::string(field);
}

// The violations that contact-svc found, in the words of the request that the caller made.
absl::Status InWordsOfTheCaller(const absl::Status& status) {
  const ErrorDetails details = DetailsOf(status);
  if (details.violations.empty()) return status;
  ErrorCollector errors;
  for (const FieldViolation& violation : details.violations) {
    errors.Add(FieldOfTheCaller(violation.field), violation.reason, violation.message);
  }
  return errors.Finish();
}

Contact ContactOf(v1::SubmitRequest& request) {
  Contact contact;
  contact.set_given_name(request.given_name());
  contact.set_family_name(request.family_name());
  contact.set_birth_date(request.birth_date());
  if (!request.email().empty()) contact.add_emails()->set_value(request.email());
  if (!request.phone().empty()) contact.add_phones()->set_value(request.phone());
  if (request.has_postal_address())
    *contact.add_postal_addresses()->mutable_value() = request.postal_address();
  if (!request.company().empty()) contact.mutable_company()->set_display_name(request.company());
  contact.mutable_external_ids()->Swap(request.mutable_external_ids());
  contact.mutable_custom_fields()->swap(*request.mutable_custom_fields());
  if (request.has_source()) *contact.mutable_source() = request.source();
  // The form of the capture is its source where the caller named no other.
  if (contact.source().form().empty() && !request.form().empty()) {
    contact.mutable_source()->set_form(request.form());
  }
  return contact;
}

bool IsRefused(CaptureDecision typed, bool submit_anyway) {
  switch (typed) {
    case CaptureDecision::kReject:
      return true;
    case CaptureDecision::kSuggest:
    case CaptureDecision::kReview:
      return !submit_anyway;
    case CaptureDecision::kAccept:
      return false;
  }
  return true;
}

// A suggestion outranks a rejection in the decision; submitting anyway must not store what is known to be
// wrong.
bool IsKnownWrong(const v1::CheckResponse& check) {
  return check.email().status() == type::v1::EmailStatus::UNDELIVERABLE ||
         check.phone().status() == type::v1::PhoneStatus::INVALID;
}

// What a form's key learns: the same for somebody known and somebody new.
CaptureOutcome::Value OutcomeFor(Role role, CaptureOutcome::Value outcome) {
  if (role != Role::kCapture || outcome == CaptureOutcome::REFUSED) return outcome;
  return CaptureOutcome::ACCEPTED;
}

// Empties `check`.
v1::SubmitResponse Answer(Role role, v1::CheckResponse& check, CaptureOutcome::Value outcome,
                          Contact* contact) {
  v1::SubmitResponse response;
  response.set_decision(check.decision());
  response.mutable_findings()->Swap(check.mutable_findings());
  if (check.has_email()) response.mutable_email()->Swap(check.mutable_email());
  if (check.has_phone()) response.mutable_phone()->Swap(check.mutable_phone());
  response.mutable_matches()->Swap(check.mutable_matches());
  response.mutable_completions()->Swap(check.mutable_completions());
  response.mutable_normalized()->Swap(check.mutable_normalized());
  response.mutable_incomplete()->Swap(check.mutable_incomplete());
  response.mutable_elapsed()->Swap(check.mutable_elapsed());
  response.set_outcome(OutcomeFor(role, outcome));
  if (contact != nullptr && role != Role::kCapture) response.mutable_contact()->Swap(contact);
  return response;
}

// The answer that stands under the key: the check's part is the one of the first call, whoever made it.
absl::StatusOr<v1::SubmitResponse> StoredAnswer(Role role, contact::v1::RecordCaptureResponse stored) {
  v1::CheckResponse check;
  if (!check.ParseFromString(stored.check())) {
    return MakeError(absl::StatusCode::kInternal, "INTERNAL", "The stored answer cannot be read.");
  }
  return Answer(role, check, stored.outcome(), stored.has_contact() ? stored.mutable_contact() : nullptr);
}

}  // namespace

void SubmitCapture::Run(const Call& call, v1::SubmitRequest request, Done<v1::SubmitResponse> done) {
  if (absl::Status status = Validate(request, absl::ToCivilDay(clock_.Now(), absl::UTCTimeZone()));
      !status.ok()) {
    return std::move(done)(std::move(status));
  }
  Tidy(request);
  if (call.idempotency_key.empty()) return CheckAndRecord(call, std::move(request), std::move(done));
  peers_.LookUpCapture(call, [this, call, request = std::move(request), done = std::move(done)](
                                 absl::StatusOr<contact::v1::RecordCaptureResponse> stored) mutable {
    if (stored.ok()) return std::move(done)(StoredAnswer(call.role, *std::move(stored)));
    if (!absl::IsNotFound(stored.status())) return std::move(done)(stored.status());
    CheckAndRecord(call, std::move(request), std::move(done));
  });
}

void SubmitCapture::CheckAndRecord(const Call& call, v1::SubmitRequest request,
                                   Done<v1::SubmitResponse> done) {
  v1::CheckRequest check = CheckPartOf(request);
  check_.Gather(call, std::move(check),
                [this, call, request = std::move(request),
                 done = std::move(done)](absl::StatusOr<CheckedCapture> checked) mutable {
                  if (!checked.ok()) return std::move(done)(checked.status());
                  Record(call, std::move(request), *std::move(checked), std::move(done));
                });
}

void SubmitCapture::Record(const Call& call, v1::SubmitRequest request, CheckedCapture checked,
                           Done<v1::SubmitResponse> done) {
  const bool refused = IsKnownWrong(*checked.response) || IsRefused(checked.typed, request.submit_anyway());
  // A refusal stores nothing; under an idempotency key its answer is kept, so that a repeat gets the same.
  if (refused && call.idempotency_key.empty()) {
    return std::move(done)(Answer(call.role, *checked.response, CaptureOutcome::REFUSED, nullptr));
  }
  contact::v1::RecordCaptureRequest record;
  record.set_refused(refused);
  record.set_default_region(checked.response->normalized().default_region());
  if (!call.idempotency_key.empty()) record.set_check(checked.response->SerializeAsString());
  record.mutable_consents()->Swap(request.mutable_consents());
  *record.mutable_contact() = ContactOf(request);
  auto answer = [role = call.role, check = std::move(checked.response), keyed = !call.idempotency_key.empty(),
                 done = std::move(done)](absl::StatusOr<contact::v1::RecordCaptureResponse> stored) mutable {
    if (!stored.ok()) return std::move(done)(InWordsOfTheCaller(stored.status()));
    if (keyed) return std::move(done)(StoredAnswer(role, *std::move(stored)));
    std::move(done)(
        Answer(role, *check, stored->outcome(), stored->has_contact() ? stored->mutable_contact() : nullptr));
  };
  peers_.RecordCapture(call, std::move(record), std::move(answer));
}

}  // namespace limpid::gateway

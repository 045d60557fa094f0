#include "contact-svc/app/upsert_contact.h"

#include <algorithm>
#include <utility>

#include "contact-svc/app/create_contact.h"
#include "contact-svc/app/idempotent_write.h"
#include "contact-svc/app/prepare_contact.h"
#include "contact-svc/app/update_contact.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/unique_id.h"

namespace limpid::contact {
namespace {

// The mask without external ids, which are added one by one; without a mask, what is set in `contact`.
Contact WithAllIds(const Contact& known, Contact given) {
  std::vector<ExternalId> ids = known.external_ids;
  for (ExternalId& id : given.external_ids) {
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(std::move(id));
  }
  given.external_ids = std::move(ids);
  return given;
}

}  // namespace

absl::StatusOr<UpsertContact::Output> UpsertContact::Run(const Call& call, Input in) {
  if (in.contact.external_ids.empty()) {
    return InvalidField("contact.external_ids", reason::kRequired,
                        "An external id says which contact it is.");
  }
  Contact prepared = in.contact;
  absl::Status valid = Prepare(prepared, {}, OriginOf(call.role), Now(parts_.clock), parts_.forms);
  if (!valid.ok()) return valid;
  const std::vector<MatchKey> keys = UniqueKeysOf(in.contact);
  absl::StatusOr<KeptAnswer> answer =
      WriteOnce(parts_.store, parts_.clock, call, "UpsertContact", keys,
                [&](ContactWriter& writer) { return Write(call, in, keys, writer); });
  if (!answer.ok()) return answer.status();
  return Output{.contact = *std::move(answer->contact), .created = answer->outcome != 0};
}

absl::StatusOr<KeptAnswer> UpsertContact::Write(const Call& call, Input& in, std::span<const MatchKey> keys,
                                                ContactWriter& writer) const {
  const absl::Time now = Now(parts_.clock);
  absl::StatusOr<std::vector<Contact>> known = writer.FindByKeys(keys, 1);
  if (!known.ok()) return known.status();
  if (known->size() > 1) {
    return FailedPrecondition(
        reason::kFailedPrecondition,
        "The external ids belong to several contacts: they would have to be merged first.");
  }
  if (known->empty()) {
    Contact contact = in.contact;
    absl::Status status = Prepare(contact, {}, OriginOf(call.role), now, parts_.forms);
    contact.id = ContactId(NewId("c", parts_.clock, parts_.random));
    if (status.ok()) status = InsertContact(writer, call, contact, now);
    if (!status.ok()) return status;
    return KeptAnswer{.contact = contact, .subject = contact.id, .outcome = 1};
  }
  const Contact& before = known->front();
  std::vector<std::string> mask = in.mask;
  if (!mask.empty()) mask.emplace_back("external_ids");
  absl::StatusOr<Contact> contact =
      Changed(before, WithAllIds(before, in.contact), mask, call, now, parts_.forms);
  if (!contact.ok()) return contact.status();
  if (absl::Status status = ReplaceContact(writer, call, before, *contact, now); !status.ok()) return status;
  return KeptAnswer{.contact = *contact, .subject = contact->id, .outcome = 0};
}

}  // namespace limpid::contact

#include "contact-svc/app/create_contact.h"

#include <utility>
#include <vector>

#include "contact-svc/app/idempotent_write.h"
#include "contact-svc/app/prepare_contact.h"
#include "contact-svc/domain/contact_fields.h"
#include "contact-svc/domain/validation.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/unique_id.h"

namespace limpid::contact {
namespace {

// What Insert would refuse, for a caller who only asks.
absl::Status CheckFree(ContactReader& reader, const Contact& contact) {
  const absl::StatusOr<std::optional<Contact>> known = reader.Find(contact.id);
  if (!known.ok()) return known.status();
  const absl::StatusOr<std::vector<Contact>> holders = reader.FindByKeys(UniqueKeysOf(contact), 1);
  if (!holders.ok()) return holders.status();
  if (!known->has_value() && holders->empty()) return absl::OkStatus();
  return AlreadyExists(reason::kAlreadyExists, "A contact with this id or external id exists.");
}

}  // namespace

absl::Status InsertContact(ContactWriter& writer, const Call& call, Contact& contact, absl::Time now) {
  contact.version = 1;
  contact.create_time = now;
  contact.update_time = now;
  if (absl::Status status = writer.Insert(contact); !status.ok()) return status;
  return writer.AppendEvent(EventOf(call, event_type::kCreated, contact, ChangedFields({}, contact), now));
}

absl::StatusOr<Contact> CreateContact::Run(const Call& call, Input in) {
  const absl::Time now = Now(parts_.clock);
  ErrorCollector errors;
  if (!in.contact_id.empty() && !IsContactId(in.contact_id)) {
    errors.Add("contact_id", reason::kInvalidFormat,
               "1 to 63 of a-z, 0-9 and hyphen, starting with a letter.");
  }
  errors.Merge("", Prepare(in.contact, {}, OriginOf(call.role), now, parts_.forms));
  if (absl::Status status = errors.Finish(); !status.ok()) return status;
  in.contact.id =
      ContactId(in.contact_id.empty() ? NewId("c", parts_.clock, parts_.random) : std::move(in.contact_id));

  if (in.validate_only) {
    const absl::Status free =
        parts_.store.Read(call, [&](ContactReader& reader) { return CheckFree(reader, in.contact); });
    if (!free.ok()) return free;
    return std::move(in.contact);
  }
  absl::StatusOr<KeptAnswer> answer =
      WriteOnce(parts_.store, parts_.clock, call, "CreateContact", UniqueKeysOf(in.contact),
                [&](ContactWriter& writer) -> absl::StatusOr<KeptAnswer> {
                  if (absl::Status status = InsertContact(writer, call, in.contact, now); !status.ok())
                    return status;
                  return KeptAnswer{.contact = in.contact, .subject = in.contact.id};
                });
  if (!answer.ok()) return answer.status();
  return *std::move(answer->contact);
}

}  // namespace limpid::contact

#include "contact-svc/app/update_contact.h"

#include <optional>
#include <utility>

#include "contact-svc/app/idempotent_write.h"
#include "contact-svc/app/prepare_contact.h"
#include "contact-svc/domain/contact_fields.h"
#include "contact-svc/domain/contact_values.h"
#include "contact-svc/domain/match_key.h"
#include "contact-svc/domain/validation.h"
#include "libs/base/error.h"

namespace limpid::contact {
namespace {

// The stored contact that the update is about, if it is the one that the caller has read.
absl::StatusOr<Contact> ReadCurrent(ContactReader& reader, const UpdateContact::Input& in) {
  absl::StatusOr<std::optional<Contact>> known = reader.Find(in.contact.id);
  if (!known.ok()) return known.status();
  if (!known->has_value()) return NotFound("contact", in.contact.id.value());
  if (!in.etag.empty() && in.etag != EtagOf(**known)) return StaleEtag("contact", in.contact.id.value());
  return **std::move(known);
}

// The unique keys that the update may bring. More ids than a contact can have will be refused: nothing is
// locked for them.
std::vector<MatchKey> KeysToBring(const Contact& given) {
  if (given.external_ids.size() > kMaxExternalIds) return {};
  return UniqueKeysOf(given);
}

}  // namespace

absl::StatusOr<Contact> Changed(const Contact& known, const Contact& given, std::span<const std::string> mask,
                                const Call& call, absl::Time now, const NormalForms& forms) {
  const absl::StatusOr<std::vector<const ContactField*>> fields = FieldsToWrite(mask, given);
  if (!fields.ok()) return fields.status();
  Contact contact = known;
  for (const ContactField* field : *fields) field->copy(given, contact);
  if (absl::Status status = Prepare(contact, {}, OriginOf(call.role), now, forms); !status.ok())
    return status;
  CarryOver(known, contact);
  return contact;
}

absl::Status ReplaceContact(ContactWriter& writer, const Call& call, const Contact& known, Contact& contact,
                            absl::Time now) {
  std::vector<std::string> fields = ChangedFields(known, contact);
  if (fields.empty()) return absl::OkStatus();
  contact.version = known.version + 1;
  contact.update_time = now;
  if (absl::Status status = writer.Replace(known, contact); !status.ok()) return status;
  return writer.AppendEvent(EventOf(call, event_type::kUpdated, contact, std::move(fields), now));
}

absl::StatusOr<Contact> UpdateContact::Run(const Call& call, Input in) {
  const absl::Time now = Now(parts_.clock);
  if (in.validate_only) {
    absl::StatusOr<Contact> changed;
    const absl::Status status = parts_.store.Read(call, [&](ContactReader& reader) {
      changed = ReadCurrent(reader, in);
      if (changed.ok()) changed = Changed(*changed, in.contact, in.mask, call, now, parts_.forms);
      return changed.status();
    });
    if (!status.ok()) return status;
    return changed;
  }
  absl::StatusOr<KeptAnswer> answer = WriteOnce(
      parts_.store, parts_.clock, call, "UpdateContact", KeysToBring(in.contact),
      [&](ContactWriter& writer) -> absl::StatusOr<KeptAnswer> {
        const absl::StatusOr<Contact> known = ReadCurrent(writer, in);
        if (!known.ok()) return known.status();
        absl::StatusOr<Contact> contact = Changed(*known, in.contact, in.mask, call, now, parts_.forms);
        if (!contact.ok()) return contact.status();
        if (absl::Status status = ReplaceContact(writer, call, *known, *contact, now); !status.ok())
          return status;
        return KeptAnswer{.contact = *std::move(contact), .subject = in.contact.id};
      });
  if (!answer.ok()) return answer.status();
  return *std::move(answer->contact);
}

}  // namespace limpid::contact

#include "contact-svc/app/batch_get_contacts.h"

#include <algorithm>
#include <utility>

#include "libs/base/error.h"

namespace limpid::contact {

absl::StatusOr<std::vector<Contact>> BatchGetContacts::Run(const Call& call, std::span<const ContactId> ids) {
  std::vector<Contact> found;
  const absl::Status status = parts_.store.Read(call, [&](ContactReader& reader) {
    absl::StatusOr<std::vector<Contact>> contacts = reader.FindAll(ids);
    if (!contacts.ok()) return contacts.status();
    found = *std::move(contacts);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  std::vector<Contact> ordered;
  ordered.reserve(ids.size());
  for (const ContactId& id : ids) {
    const auto contact = std::ranges::find(found, id, &Contact::id);
    if (contact == found.end()) return NotFound("contact", id.value());
    ordered.push_back(*contact);
  }
  return ordered;
}

}  // namespace limpid::contact

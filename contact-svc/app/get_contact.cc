#include "contact-svc/app/get_contact.h"

#include <optional>
#include <utility>

#include "libs/base/error.h"

namespace limpid::contact {

absl::StatusOr<Contact> GetContact::Run(const Call& call, const ContactId& id) {
  std::optional<Contact> contact;
  const absl::Status status = parts_.store.Read(call, [&](ContactReader& reader) {
    absl::StatusOr<std::optional<Contact>> found = reader.Find(id);
    if (!found.ok()) return found.status();
    contact = *std::move(found);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  if (!contact) return NotFound("contact", id.value());
  return *std::move(contact);
}

}  // namespace limpid::contact

#pragma once

#include <string>

#include "absl/status/statusor.h"

#include "contact-svc/app/parts.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Stores a new contact.
class CreateContact {
 public:
  struct Input {
    Contact contact;
    std::string contact_id;  ///< Empty: made here.
    bool validate_only = false;
  };

  explicit CreateContact(Parts parts) : parts_(parts) {}
  absl::StatusOr<Contact> Run(const Call& call, Input in);

 private:
  Parts parts_;
};

/// Writes a prepared contact under its id, with its event.
absl::Status InsertContact(ContactWriter& writer, const Call& call, Contact& contact, absl::Time now);

}  // namespace limpid::contact

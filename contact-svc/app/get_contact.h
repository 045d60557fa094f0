#pragma once

#include "absl/status/statusor.h"

#include "contact-svc/app/parts.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Gives one contact.
class GetContact {
 public:
  explicit GetContact(Parts parts) : parts_(parts) {}
  absl::StatusOr<Contact> Run(const Call& call, const ContactId& id);

 private:
  Parts parts_;
};

}  // namespace limpid::contact

#pragma once

#include <string>

#include "absl/status/status.h"

#include "contact-svc/app/parts.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Deletes a contact, and the kept answers that tell of it.
class DeleteContact {
 public:
  struct Input {
    ContactId id;
    std::string etag;  ///< Empty: whatever is stored.
  };

  explicit DeleteContact(Parts parts) : parts_(parts) {}
  absl::Status Run(const Call& call, const Input& in);

 private:
  Parts parts_;
};

}  // namespace limpid::contact

#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"

#include "contact-svc/app/parts.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Gives several contacts in the order asked for; fails when one is missing (AIP-231).
class BatchGetContacts {
 public:
  explicit BatchGetContacts(Parts parts) : parts_(parts) {}
  absl::StatusOr<std::vector<Contact>> Run(const Call& call, std::span<const ContactId> ids);

 private:
  Parts parts_;
};

}  // namespace limpid::contact

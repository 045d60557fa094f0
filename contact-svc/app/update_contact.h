#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "contact-svc/app/parts.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Changes the fields of a contact that a mask names.
class UpdateContact {
 public:
  struct Input {
    Contact contact;   ///< `id` says which.
    std::string etag;  ///< Empty: whatever is stored.
    std::vector<std::string> mask;
    bool validate_only = false;
  };

  explicit UpdateContact(Parts parts) : parts_(parts) {}
  absl::StatusOr<Contact> Run(const Call& call, Input in);

 private:
  Parts parts_;
};

/// The known contact with the fields of the mask taken over from `given`, completed and validated.
absl::StatusOr<Contact> Changed(const Contact& known, const Contact& given, std::span<const std::string> mask,
                                const Call& call, absl::Time now, const NormalForms& forms);

/// Writes a contact that was read as `known`, with its event; nothing when nothing has changed.
absl::Status ReplaceContact(ContactWriter& writer, const Call& call, const Contact& known, Contact& contact,
                            absl::Time now);

}  // namespace limpid::contact

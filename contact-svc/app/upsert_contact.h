#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "contact-svc/app/parts.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Creates a contact, or updates the one that has one of its external ids. Ids that the known contact lacks
/// are added, never taken away.
class UpsertContact {
 public:
  struct Input {
    Contact contact;
    std::vector<std::string> mask;
  };
  struct Output {
    Contact contact;
    bool created = false;
  };

  explicit UpsertContact(Parts parts) : parts_(parts) {}
  absl::StatusOr<Output> Run(const Call& call, Input in);

 private:
  absl::StatusOr<KeptAnswer> Write(const Call& call, Input& in, std::span<const MatchKey> keys,
                                   ContactWriter& writer) const;

  Parts parts_;
};

}  // namespace limpid::contact

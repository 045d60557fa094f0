#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "verify-svc/app/manage_policy.h"
#include "verify-svc/wiring_shared.h"

namespace limpid::verify {

/// What tenants choose.
class OwnershipParts {
 public:
  static absl::StatusOr<std::unique_ptr<OwnershipParts>> Build(SharedParts& shared);

  const std::shared_ptr<const ManagePolicy>& policy() const { return policy_; }

 private:
  std::shared_ptr<const ManagePolicy> policy_;
};

}  // namespace limpid::verify

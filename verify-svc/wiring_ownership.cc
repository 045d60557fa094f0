#include "verify-svc/wiring_ownership.h"

namespace limpid::verify {

absl::StatusOr<std::unique_ptr<OwnershipParts>> OwnershipParts::Build(SharedParts& shared) {
  auto parts = std::make_unique<OwnershipParts>();
  parts->policy_ = std::make_shared<const ManagePolicy>(*shared.policy_store, *shared.policies, shared.clock);
  return parts;
}

}  // namespace limpid::verify

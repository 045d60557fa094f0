#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "verify-svc/app/manage_policy.h"
#include "verify-svc/challenges/hmac_code_mint.h"
#include "verify-svc/challenges/ordered_delivery.h"
#include "verify-svc/jobs/challenge_upkeep_job.h"
#include "verify-svc/rpc/challenge_service.h"
#include "verify-svc/storage/sql_challenge_store.h"
#include "verify-svc/wiring_shared.h"

namespace limpid::verify {

/// What tenants choose, and what proves that a person owns an address or a number. In the order in which it
/// is built: what comes later may use what came before, and ends first.
class OwnershipParts {
 public:
  static absl::StatusOr<std::unique_ptr<OwnershipParts>> Build(SharedParts& shared);

  const std::shared_ptr<const ManagePolicy>& policy() const { return policy_; }
  const std::shared_ptr<const ChallengeCases>& challenges() const { return challenges_; }

 private:
  std::shared_ptr<const ManagePolicy> policy_;
  std::unique_ptr<SqlChallengeStore> store_;
  std::unique_ptr<HmacCodeMint> mint_;
  std::unique_ptr<SendGuard> guard_;
  std::unique_ptr<OrderedDelivery> delivery_;
  std::shared_ptr<const ChallengeCases> challenges_;
  std::unique_ptr<ChallengeUpkeepJob> upkeep_;
};

}  // namespace limpid::verify

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "verify-svc/domain/allowance.h"
#include "verify-svc/domain/challenge.h"

namespace limpid::verify {

/// The challenges and what was spent on them, durable: neither a restart nor a lost cache gives anybody new
/// tries. Each method is one transaction; a challenge that is being changed is locked until it is stored.
/// Those that name an id see the challenges of the call's tenant alone. Thread-safe; waits for the disk.
class ChallengeStore {
 public:
  /// How many messages were sent, and how many challenges were approved.
  struct Conversion {
    int64_t sent = 0;
    int64_t approved = 0;
  };
  struct ConversionQuery {
    std::string_view region_code;
    std::string_view prefix_tag;  ///< Looked at instead of the region unless empty.
    absl::Time since;
    absl::Time now;  ///< Only challenges that are over by then have shown what comes of them.
  };
  struct Inserted {
    Challenge challenge;
    bool made = false;  ///< False: the challenge of the same idempotency key.
  };

  virtual ~ChallengeStore() = default;
  /// Keeps a new challenge and takes its allowances, or neither: RESOURCE_EXHAUSTED with the reason of the
  /// allowance that is spent and when to come again. Under an idempotency key, the challenge that was made
  /// under it; ABORTED (IDEMPOTENCY_KEY_IN_USE) before `busy_until` while that one is not settled, as nobody
  /// knows yet what its maker will be answered; IDEMPOTENCY_KEY_REUSED when the key was used for another
  /// request.
  virtual absl::StatusOr<Inserted> Insert(const Call& call, const Challenge& challenge,
                                          std::string_view prefix_tag, std::span<const Allowance> allowances,
                                          absl::Time busy_until) = 0;
  /// From now on the challenge is the answer to repeats under the idempotency key that it was made under.
  virtual absl::Status Settle(const Call& call, const ChallengeId& id) = 0;
  /// Forgets a challenge of which nothing was sent, and gives its allowances back.
  virtual absl::Status Remove(const Call& call, const Challenge& challenge,
                              std::span<const Allowance> allowances) = 0;
  virtual absl::StatusOr<Challenge> Get(const Call& call, const ChallengeId& id) = 0;
  /// Stores what `change` makes of the challenge, unless it fails, and takes the allowances that it asks for.
  virtual absl::StatusOr<Challenge> Change(
      const Call& call, absl::Time now, const ChallengeId& id,
      absl::FunctionRef<absl::StatusOr<std::vector<Allowance>>(Challenge&)> change) = 0;
  /// Stores what `change` makes of the challenge and gives allowances back that were taken at `taken`.
  virtual absl::StatusOr<Challenge> GiveBack(const Call& call, const ChallengeId& id, absl::Time taken,
                                             std::span<const Allowance> allowances,
                                             absl::FunctionRef<void(Challenge&)> change) = 0;
  /// One try: `decide` sees the challenge, or null where there is none, and what it makes of it is stored.
  /// Each try writes and takes as long, whatever comes of it; one that is not approved counts towards
  /// `refusals`. RESOURCE_EXHAUSTED, without a question, once those are spent.
  virtual absl::Status Try(const Call& call, absl::Time now, const ChallengeId& id, const Allowance& refusals,
                           absl::FunctionRef<TryResult(Challenge*)> decide) = 0;
  /// The same for the link of any tenant's challenge, found by its hash.
  virtual absl::Status TryLink(const Call& call, absl::Time now, std::string_view link_hash,
                               const Allowance& refusals,
                               absl::FunctionRef<TryResult(Challenge*)> decide) = 0;
  /// Of the call's tenant: the newest challenges that are over, some hundreds at most.
  virtual absl::StatusOr<Conversion> ConversionOf(const Call& call, const ConversionQuery& query) = 0;
  /// Forgets challenges that expired before `before`, at most `limit`, of all tenants; how many.
  virtual absl::StatusOr<int64_t> DeleteExpired(const Call& call, absl::Time before, int limit) = 0;
  /// Forgets windows that began before `before`.
  virtual absl::Status DeleteWindows(const Call& call, absl::Time before) = 0;
};

}  // namespace limpid::verify

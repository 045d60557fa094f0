#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "verify-svc/app/policies_in_memory.h"
#include "verify-svc/app/policy_store.h"

namespace limpid::verify {

/// Gives and changes the policy of the call's tenant. Thread-safe; waits for the disk.
class ManagePolicy {
 public:
  struct Update {
    Policy policy;
    std::vector<std::string> mask;  ///< Empty: what is set in `policy`.
    std::string etag;               ///< Empty: whatever is stored.
  };

  /// The store's own, and not the one in memory: what was written by another replica is seen at once.
  ManagePolicy(PolicyStore& store, PoliciesInMemory& in_memory, const Clock& clock)
      : store_(store), in_memory_(in_memory), clock_(clock) {}

  absl::StatusOr<Policy> Get(const Call& call) const { return store_.Get(call); }
  /// INVALID_ARGUMENT with every violation, paths inside the request; ABORTED for an etag that is not the
  /// stored policy's. This replica acts on the new policy once it has answered, the others within seconds.
  absl::StatusOr<Policy> Change(const Call& call, const Update& update) const;

 private:
  PolicyStore& store_;
  PoliciesInMemory& in_memory_;
  const Clock& clock_;
};

/// The etag of a policy.
std::string EtagOf(const Policy& policy);

}  // namespace limpid::verify

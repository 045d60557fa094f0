#pragma once

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "verify-svc/domain/policy.h"

namespace limpid::verify {

/// The tenants' policies where they are kept. Thread-safe; waits for the disk.
class PolicyStore {
 public:
  struct Stored {
    TenantId tenant;
    Policy policy;
  };

  virtual ~PolicyStore() = default;
  /// Of the call's tenant; the default when it chose nothing.
  virtual absl::StatusOr<Policy> Get(const Call& call) = 0;
  /// Writes what `change` makes of the policy of the call's tenant, with a version above all others and
  /// `call`'s time, unless `change` fails. No other change comes between. `change` may be asked more than
  /// once.
  virtual absl::StatusOr<Policy> Change(const Call& call, absl::Time now,
                                        absl::FunctionRef<absl::Status(Policy&)> change) = 0;
  /// At most `limit` policies of all tenants with a version above `version`, in the order of their versions:
  /// none appears later among those that were given.
  virtual absl::StatusOr<std::vector<Stored>> ChangedAfter(const Call& call, int64_t version, int limit) = 0;
};

}  // namespace limpid::verify

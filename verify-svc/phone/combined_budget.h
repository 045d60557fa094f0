#pragma once

#include <vector>

#include "absl/container/flat_hash_map.h"

#include "libs/base/ids.h"
#include "libs/base/mutex.h"
#include "libs/base/outstanding.h"
#include "verify-svc/app/lookup_budget.h"

namespace limpid::verify {

/// Reserves at once for all of a tenant's questions that come while the store is writing: a batch of 1,000
/// numbers, of which a provider takes one a question, costs two transactions instead of a thousand. Gives
/// back in the same way. The first does not wait, so that a single question is no slower.
///
/// What is granted goes to those who asked first. Thread-safe; `next` must outlive it.
class CombinedBudget final : public LookupBudget {
 public:
  explicit CombinedBudget(LookupBudget& next) : next_(next) {}

  void Reserve(const Call& call, int daily, int questions, OnGranted granted) override;
  void Release(const Call& call, int questions, OnReleased released) override;

 private:
  struct Asking {
    int questions = 0;
    OnGranted granted;
  };
  /// What came together: the tenant, the time of who has most of it, and the newest policy.
  struct Reservations {
    Call call;
    int daily = 0;
    std::vector<Asking> asking;
  };
  struct Returns {
    int questions = 0;
    std::vector<OnReleased> released;
  };

  void Write(Reservations reservations);
  void WriteNext(const TenantId& tenant);
  void GiveBack(const TenantId& tenant, Returns returns);
  void GiveBackNext(const TenantId& tenant);

  LookupBudget& next_;
  Mutex mutex_;
  /// What waits, of the tenants for whom the store is writing.
  absl::flat_hash_map<TenantId, Reservations> reserving_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<TenantId, Returns> returning_ ABSL_GUARDED_BY(mutex_);
  Outstanding outstanding_;
};

}  // namespace limpid::verify

#pragma once

#include <cstdint>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"

#include "libs/base/mutex.h"
#include "verify-svc/app/policies.h"
#include "verify-svc/app/policy_store.h"

namespace limpid::verify {

/// The policies of all tenants that chose something, copied from the store; who asks waits for nobody.
///
/// Takes as much memory as the store has rows: tenants are made by the operator, and CheckPolicy bounds each
/// policy to some kilobytes. While the store is away, what was read last stays in force. Thread-safe.
class PoliciesInMemory final : public Policies {
 public:
  /// `store` must outlive it. Nothing is known before the first Refresh.
  explicit PoliciesInMemory(PolicyStore& store) : store_(store) {}

  std::shared_ptr<const Policy> Of(const TenantId& tenant) const override;
  /// Reads what was changed since the last time. Waits for the store: not on a hot path.
  absl::Status Refresh(const Call& call);

 private:
  using Map = absl::flat_hash_map<TenantId, std::shared_ptr<const Policy>>;

  PolicyStore& store_;
  const std::shared_ptr<const Policy> default_ = std::make_shared<const Policy>();
  Snapshot<Map> policies_{std::make_shared<const Map>()};
  Mutex refreshing_;
  int64_t version_ ABSL_GUARDED_BY(refreshing_) = 0;
};

}  // namespace limpid::verify

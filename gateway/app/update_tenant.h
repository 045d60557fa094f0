#pragma once

#include "absl/status/statusor.h"

#include "gateway/app/identity_store.h"

namespace limpid::gateway {

/// Changes a tenant's settings. INVALID_ARGUMENT with all violations, paths inside the tenant. Thread-safe.
class UpdateTenant {
 public:
  explicit UpdateTenant(IdentityStore& store) : store_(store) {}

  absl::StatusOr<Tenant> Run(const Call& call, const TenantId& id, const TenantChange& change);

 private:
  IdentityStore& store_;
};

}  // namespace limpid::gateway

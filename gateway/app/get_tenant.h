#pragma once

#include "absl/status/statusor.h"

#include "gateway/app/identity_store.h"

namespace limpid::gateway {

/// Gives one tenant. Thread-safe.
class GetTenant {
 public:
  explicit GetTenant(IdentityStore& store) : store_(store) {}

  absl::StatusOr<Tenant> Run(const Call& call, const TenantId& id) { return store_.GetTenant(call, id); }

 private:
  IdentityStore& store_;
};

}  // namespace limpid::gateway

#include "gateway/app/update_tenant.h"

#include <utility>

namespace limpid::gateway {

absl::StatusOr<Tenant> UpdateTenant::Run(const Call& call, const TenantId& id, const TenantChange& change) {
  if (absl::Status status = CheckTenantChange(change); !status.ok()) return status;
  Tenant updated;
  const absl::Status status = store_.Write(call, [&](IdentityTransaction& transaction) -> absl::Status {
    absl::StatusOr<Tenant> tenant = transaction.GetTenant(id);
    if (!tenant.ok()) return tenant.status();
    updated = *std::move(tenant);
    change.ApplyTo(updated);
    return transaction.UpdateTenant(updated);
  });
  if (!status.ok()) return status;
  return updated;
}

}  // namespace limpid::gateway

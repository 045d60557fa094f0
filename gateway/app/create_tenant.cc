#include "gateway/app/create_tenant.h"

#include <utility>

#include "gateway/app/issue_key.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::gateway {

absl::Status CheckNewTenant(const TenantId& id, const TenantChange& settings) {
  ErrorCollector errors;
  errors.Merge("tenant", CheckTenantChange(settings));
  if (!IsTenantId(id.value())) {
    errors.Add("tenant_id", id.empty() ? reason::kRequired : reason::kInvalidFormat,
               "1 to 63 of a-z, 0-9 and -, starting with a letter.");
  }
  return errors.Finish();
}

absl::StatusOr<IssuedTenant> CreateTenant::Run(const Call& call, const TenantId& id,
                                               const TenantChange& settings) {
  if (absl::Status status = CheckNewTenant(id, settings); !status.ok()) return status;
  Tenant tenant{.id = id, .create_time = clock_.Now()};
  settings.ApplyTo(tenant);
  const NewKey first =
      IssueKey(id, {.display_name = "First key", .role = Role::kAdmin}, mint_, clock_, random_);
  return writes_.Run<IssuedTenant>(
      call, [&](IdentityTransaction& transaction) -> absl::StatusOr<IssuedTenant> {
        const absl::StatusOr<bool> inserted = transaction.InsertTenant(tenant);
        if (!inserted.ok()) return inserted.status();
        if (!*inserted) return AlreadyExists(reason::kAlreadyExists, "There is a tenant of this id.");
        if (absl::Status status = transaction.InsertKey(first.issued.key, first.hash); !status.ok())
          return status;
        return IssuedTenant{.tenant = tenant, .first_key = first.issued};
      });
}

}  // namespace limpid::gateway

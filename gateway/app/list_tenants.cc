#include "gateway/app/list_tenants.h"

#include <utility>

namespace limpid::gateway {

absl::StatusOr<TenantPage> ListTenants::Run(const Call& call, const TenantId& after, int page_size) {
  absl::StatusOr<std::vector<Tenant>> tenants = store_.ListTenants(call, after, page_size + 1);
  if (!tenants.ok()) return tenants.status();
  TenantPage page{.tenants = *std::move(tenants)};
  page.more = page.tenants.size() > static_cast<size_t>(page_size);
  if (page.more) page.tenants.pop_back();
  return page;
}

}  // namespace limpid::gateway

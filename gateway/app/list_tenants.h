#pragma once

#include <vector>

#include "absl/status/statusor.h"

#include "gateway/app/identity_store.h"

namespace limpid::gateway {

struct TenantPage {
  std::vector<Tenant> tenants;
  bool more = false;  ///< There are tenants after the last one.
};

/// Lists the tenants by id. Thread-safe.
class ListTenants {
 public:
  explicit ListTenants(IdentityStore& store) : store_(store) {}

  /// `after` is the last tenant of the page before, empty for the first page.
  absl::StatusOr<TenantPage> Run(const Call& call, const TenantId& after, int page_size);

 private:
  IdentityStore& store_;
};

}  // namespace limpid::gateway

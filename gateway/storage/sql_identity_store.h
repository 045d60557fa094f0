#pragma once

#include "gateway/app/identity_store.h"
#include "libs/sql/database.h"

namespace limpid::gateway {

/// Keys and tenants in SQLite or PostgreSQL. The database has been migrated and outlives the store.
/// Thread-safe.
class SqlIdentityStore final : public IdentityStore {
 public:
  explicit SqlIdentityStore(sql::Database& database) : database_(database) {}

  absl::StatusOr<std::optional<KeyOfSecret>> FindSecret(const Call& call, const SecretHash& secret) override;
  absl::StatusOr<ApiKey> GetKey(const Call& call, const TenantId& tenant, const KeyId& id) override;
  absl::StatusOr<std::vector<ApiKey>> ListKeys(const Call& call, const TenantId& tenant, const KeyId& after,
                                               int limit) override;
  absl::StatusOr<Tenant> GetTenant(const Call& call, const TenantId& id) override;
  absl::StatusOr<std::vector<Tenant>> ListTenants(const Call& call, const TenantId& after,
                                                  int limit) override;
  absl::StatusOr<int64_t> Version(const Call& call) override;
  absl::Status Write(const Call& call, absl::FunctionRef<absl::Status(IdentityTransaction&)> work) override;

 private:
  sql::Database& database_;
};

}  // namespace limpid::gateway

#pragma once

#include "gateway/app/identity_store.h"
#include "libs/sql/session.h"

namespace limpid::gateway {

/// Keys, tenants and kept answers inside one transaction of libs/sql. One thread at a time.
class SqlIdentityTransaction final : public IdentityTransaction {
 public:
  explicit SqlIdentityTransaction(sql::Session& session) : session_(session) {}

  absl::StatusOr<ApiKey> GetKey(const TenantId& tenant, const KeyId& id) override;
  absl::Status InsertKey(const ApiKey& key, const SecretHash& secret) override;
  absl::Status UpdateKey(const ApiKey& key) override;
  absl::Status ReplaceSecret(const ApiKey& key, const SecretHash& secret, absl::Time until,
                             absl::Time forget) override;
  absl::StatusOr<std::optional<KeyOfSecret>> FindSecret(const SecretHash& secret) override;
  absl::StatusOr<bool> HasOperator() override;
  absl::StatusOr<Tenant> GetTenant(const TenantId& id) override;
  absl::StatusOr<bool> InsertTenant(const Tenant& tenant) override;
  absl::Status UpdateTenant(const Tenant& tenant) override;
  absl::StatusOr<std::optional<KeptAnswer>> FindAnswer(const TenantId& tenant, std::string_view id,
                                                       absl::Time now) override;
  absl::Status KeepAnswer(const TenantId& tenant, std::string_view id, const KeptAnswer& answer,
                          absl::Time now) override;

 private:
  absl::Status InsertSecret(const ApiKey& key, const SecretHash& secret);

  sql::Session& session_;
};

}  // namespace limpid::gateway

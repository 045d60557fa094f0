#pragma once

#include "gateway/app/identity_store.h"
#include "gateway/identity/key_cache.h"

namespace limpid::gateway {

/// A store whose writes are seen by this process's cache before they are answered. Thread-safe.
class InvalidatingStore final : public IdentityStore {
 public:
  InvalidatingStore(IdentityStore& store, KeyCache& cache) : store_(store), cache_(cache) {}

  absl::StatusOr<std::optional<KeyOfSecret>> FindSecret(const Call& call, const SecretHash& secret) override {
    return store_.FindSecret(call, secret);
  }
  absl::StatusOr<ApiKey> GetKey(const Call& call, const TenantId& tenant, const KeyId& id) override {
    return store_.GetKey(call, tenant, id);
  }
  absl::StatusOr<std::vector<ApiKey>> ListKeys(const Call& call, const TenantId& tenant, const KeyId& after,
                                               int limit) override {
    return store_.ListKeys(call, tenant, after, limit);
  }
  absl::StatusOr<Tenant> GetTenant(const Call& call, const TenantId& id) override {
    return store_.GetTenant(call, id);
  }
  absl::StatusOr<std::vector<Tenant>> ListTenants(const Call& call, const TenantId& after,
                                                  int limit) override {
    return store_.ListTenants(call, after, limit);
  }
  absl::StatusOr<int64_t> Version(const Call& call) override { return store_.Version(call); }
  absl::Status Write(const Call& call, absl::FunctionRef<absl::Status(IdentityTransaction&)> work) override;

 private:
  IdentityStore& store_;
  KeyCache& cache_;
};

}  // namespace limpid::gateway

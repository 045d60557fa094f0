#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "gateway/domain/api_key.h"
#include "gateway/domain/secret_hash.h"
#include "gateway/domain/tenant.h"
#include "libs/base/call.h"

namespace limpid::gateway {

/// What is known of a secret that somebody shows.
struct KeyOfSecret {
  ApiKey key;
  Tenant tenant;
  /// When this secret ends or ended, because the key was rotated.
  std::optional<absl::Time> secret_expire_time;
};

/// What an earlier write under an idempotency key answered.
struct KeptAnswer {
  std::string digest;  ///< Of the request that it answered.
  std::string sealed;  ///< See AnswerSeal.
  absl::Time expire_time;
};

/// Keys, tenants and kept answers as one write sees them: all that it does is kept, or nothing. One thread at
/// a time.
class IdentityTransaction {
 public:
  virtual ~IdentityTransaction() = default;

  /// NOT_FOUND also for another tenant's.
  virtual absl::StatusOr<ApiKey> GetKey(const TenantId& tenant, const KeyId& id) = 0;
  virtual absl::Status InsertKey(const ApiKey& key, const SecretHash& secret) = 0;
  /// Writes all fields but `id`, `tenant` and `create_time`.
  virtual absl::Status UpdateKey(const ApiKey& key) = 0;
  /// Gives a key another secret; those before end at `until`, or earlier where they would have. Forgets those
  /// that ended before `forget`.
  virtual absl::Status ReplaceSecret(const ApiKey& key, const SecretHash& secret, absl::Time until,
                                     absl::Time forget) = 0;
  virtual absl::StatusOr<std::optional<KeyOfSecret>> FindSecret(const SecretHash& secret) = 0;
  /// Whether any operator's key is in force.
  virtual absl::StatusOr<bool> HasOperator() = 0;

  virtual absl::StatusOr<Tenant> GetTenant(const TenantId& id) = 0;
  /// False, and nothing done, when there is one of this id.
  virtual absl::StatusOr<bool> InsertTenant(const Tenant& tenant) = 0;
  virtual absl::Status UpdateTenant(const Tenant& tenant) = 0;

  /// What was answered under this id and is not over at `now`. Other writes that ask for the same id wait
  /// until this one ends.
  virtual absl::StatusOr<std::optional<KeptAnswer>> FindAnswer(const TenantId& tenant, std::string_view id,
                                                               absl::Time now) = 0;
  /// Keeps an answer, and forgets those of all tenants that are over at `now`.
  virtual absl::Status KeepAnswer(const TenantId& tenant, std::string_view id, const KeptAnswer& answer,
                                  absl::Time now) = 0;
};

/// Where keys and tenants are kept. Every method asks the database and waits for it: call from an executor's
/// thread. Thread-safe.
class IdentityStore {
 public:
  virtual ~IdentityStore() = default;

  virtual absl::StatusOr<std::optional<KeyOfSecret>> FindSecret(const Call& call,
                                                                const SecretHash& secret) = 0;
  /// NOT_FOUND also for another tenant's.
  virtual absl::StatusOr<ApiKey> GetKey(const Call& call, const TenantId& tenant, const KeyId& id) = 0;
  /// The newest first, those after `after` when it is not empty.
  virtual absl::StatusOr<std::vector<ApiKey>> ListKeys(const Call& call, const TenantId& tenant,
                                                       const KeyId& after, int limit) = 0;
  virtual absl::StatusOr<Tenant> GetTenant(const Call& call, const TenantId& id) = 0;
  /// By id, those after `after`.
  virtual absl::StatusOr<std::vector<Tenant>> ListTenants(const Call& call, const TenantId& after,
                                                          int limit) = 0;
  /// A number that every write moves on: when it has not moved, nothing has changed.
  virtual absl::StatusOr<int64_t> Version(const Call& call) = 0;

  /// Runs `work` as one transaction, more than once when it collided with another. OK when all of it is on
  /// disk.
  virtual absl::Status Write(const Call& call,
                             absl::FunctionRef<absl::Status(IdentityTransaction&)> work) = 0;
};

}  // namespace limpid::gateway

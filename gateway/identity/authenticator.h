#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "gateway/app/identity_store.h"
#include "gateway/identity/identity.h"
#include "gateway/identity/key_cache.h"
#include "gateway/identity/refusal_limiter.h"
#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "libs/base/executor.h"
#include "libs/base/mutex.h"

namespace limpid::gateway {

/// What a caller shows. Views need to live only until Authenticate returns.
struct Credentials {
  std::string_view authorization;  ///< The header `Authorization`; empty when there is none.
  std::string_view origin;         ///< The header `Origin`; empty when there is none.
  std::string_view peer;           ///< Address of the caller, bare or as gRPC writes it.
};

/// Says who calls, by the API key shown.
///
/// Errors: UNAUTHENTICATED with CREDENTIALS_MISSING, CREDENTIALS_INVALID, KEY_REVOKED or KEY_EXPIRED;
/// PERMISSION_DENIED with ORIGIN_NOT_ALLOWED when a browser shows a CAPTURE key from another site (a caller
/// without Origin is no browser and could claim any); RESOURCE_EXHAUSTED after too many wrong keys from an
/// address, whose keys that are known go on being admitted; UNAVAILABLE when the store does not answer for a
/// key that is not in the cache. Thread-safe; never blocks.
class Authenticator {
 public:
  struct Options {
    int default_rate_per_minute = 6000;  ///< For keys that name none.
    absl::Duration load_timeout = absl::Seconds(2);
    RefusalLimiter::Options refusals;
  };
  /// `executor` runs what asks the store. All outlive the authenticator's last call.
  Authenticator(Options options, IdentityStore& store, KeyCache& cache, Executor& executor,
                const Clock& clock);

  /// `done` is called before this returns when the key is in the cache, else from the executor.
  void Authenticate(const Credentials& credentials, Done<std::shared_ptr<const Identity>> done);

  /// The settings of a tenant one of whose keys was admitted, as they were then; the defaults for another.
  TenantSettings SettingsOf(const TenantId& tenant) const;

 private:
  using Admitted = absl::StatusOr<std::shared_ptr<const Identity>>;

  Admitted Judge(const std::optional<CachedKey>& key, std::string_view origin, std::string_view peer);
  absl::StatusOr<std::optional<CachedKey>> Load(const SecretHash& secret);
  Admitted Refuse(std::string_view peer);

  const Options options_;
  IdentityStore& store_;
  KeyCache& cache_;
  Executor& executor_;
  const Clock& clock_;
  RefusalLimiter refusals_;
  mutable Mutex tenants_mutex_;
  absl::flat_hash_map<TenantId, TenantSettings> tenants_ ABSL_GUARDED_BY(tenants_mutex_);
};

}  // namespace limpid::gateway

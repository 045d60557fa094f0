#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "libs/base/mutex.h"

/// Who calls, carried from the gateway to the inner services under a signature.
namespace limpid::rpc {

/// For whom and with which rights a call is made.
struct Principal {
  TenantId tenant;  ///< Empty: all tenants, for a service only.
  Role role = Role::kNone;
  KeyId key;

  friend bool operator==(const Principal&, const Principal&) = default;
  template <class H>
  friend H AbslHashValue(H state, const Principal& principal) {
    return H::combine(std::move(state), principal.tenant, principal.role, principal.key);
  }
};

/// How long a signed principal is believed. It is checked when a call or stream begins.
inline constexpr absl::Duration kPrincipalLifetime = absl::Seconds(60);

/// The keys that sign (HMAC-SHA256): the first signs, all verify, so that a key is replaced without a pause.
using PrincipalKeys = std::vector<std::string>;

/// 32 random bytes, for a process that talks to itself only.
std::string RandomPrincipalKey();

/// Signs principals for CallLine.
///
/// One signature serves all calls of a principal for half its lifetime, so that a call costs a look-up.
/// Thread-safe.
class PrincipalSigner {
 public:
  /// `keys` holds at least one.
  explicit PrincipalSigner(const PrincipalKeys& keys, const Clock& clock = SystemClock());

  std::string Sign(const Principal& principal);

 private:
  struct Signed {
    std::string token;
    absl::Time renew_time;
  };

  const std::string key_;
  const Clock& clock_;
  Mutex mutex_;
  absl::flat_hash_map<Principal, Signed> signed_ ABSL_GUARDED_BY(mutex_);
};

/// Reads signed principals back. What was verified once is remembered until it expires. Thread-safe.
class PrincipalVerifier {
 public:
  explicit PrincipalVerifier(PrincipalKeys keys, const Clock& clock = SystemClock());

  /// UNAUTHENTICATED (PRINCIPAL_INVALID) for a token that is missing, broken, forged or too old.
  absl::StatusOr<Principal> Verify(std::string_view token);

 private:
  struct Verified {
    Principal principal;
    absl::Time expire_time;
  };

  absl::StatusOr<Verified> Check(std::string_view token) const;

  const PrincipalKeys keys_;
  const Clock& clock_;
  Mutex mutex_;
  absl::flat_hash_map<std::string, Verified> verified_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid::rpc

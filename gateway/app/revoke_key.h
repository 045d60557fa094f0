#pragma once

#include "absl/status/statusor.h"

#include "gateway/app/identity_store.h"
#include "libs/base/clock.h"

namespace limpid::gateway {

/// Ends a key of the caller's tenant, with all its secrets, at once. Safe to repeat: the first time counts.
/// Thread-safe.
class RevokeKey {
 public:
  RevokeKey(IdentityStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  absl::StatusOr<ApiKey> Run(const Call& call, const KeyId& id);

 private:
  IdentityStore& store_;
  const Clock& clock_;
};

}  // namespace limpid::gateway

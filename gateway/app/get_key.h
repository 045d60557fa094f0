#pragma once

#include "absl/status/statusor.h"

#include "gateway/app/identity_store.h"

namespace limpid::gateway {

/// Gives one key of the caller's tenant. Thread-safe.
class GetKey {
 public:
  explicit GetKey(IdentityStore& store) : store_(store) {}

  absl::StatusOr<ApiKey> Run(const Call& call, const KeyId& id) {
    return store_.GetKey(call, call.tenant, id);
  }

 private:
  IdentityStore& store_;
};

}  // namespace limpid::gateway

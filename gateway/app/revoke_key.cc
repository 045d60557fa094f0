#include "gateway/app/revoke_key.h"

#include <utility>

namespace limpid::gateway {

absl::StatusOr<ApiKey> RevokeKey::Run(const Call& call, const KeyId& id) {
  ApiKey revoked;
  const absl::Status status = store_.Write(call, [&](IdentityTransaction& transaction) -> absl::Status {
    absl::StatusOr<ApiKey> key = transaction.GetKey(call.tenant, id);
    if (!key.ok()) return key.status();
    revoked = *std::move(key);
    if (absl::Status allowed = CheckMayManage(call.role, revoked.role); !allowed.ok()) return allowed;
    if (revoked.revoke_time) return absl::OkStatus();
    revoked.revoke_time = clock_.Now();
    return transaction.UpdateKey(revoked);
  });
  if (!status.ok()) return status;
  return revoked;
}

}  // namespace limpid::gateway

#include "gateway/app/rotate_key.h"

#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::gateway {
namespace {

/// Long enough that a forgotten client is told KEY_EXPIRED rather than CREDENTIALS_INVALID.
constexpr absl::Duration kForgetEndedSecretsAfter = absl::Hours(24 * 90);

}  // namespace

absl::Status CheckOverlap(absl::Duration overlap) {
  if (overlap >= absl::ZeroDuration() && overlap <= kMaxOverlap) return absl::OkStatus();
  return InvalidField("overlap", reason::kOutOfRange, "Between 0 and 30 days.");
}

absl::StatusOr<IssuedKey> RotateKey::Run(const Call& call, const KeyId& id, absl::Duration overlap) {
  if (absl::Status status = CheckOverlap(overlap); !status.ok()) return status;
  const MintedSecret minted = mint_.Mint();
  const absl::Time now = clock_.Now();
  return writes_.Run<IssuedKey>(call, [&](IdentityTransaction& transaction) -> absl::StatusOr<IssuedKey> {
    absl::StatusOr<ApiKey> key = transaction.GetKey(call.tenant, id);
    if (!key.ok()) return key.status();
    if (absl::Status allowed = CheckMayManage(call.role, key->role); !allowed.ok()) return allowed;
    if (key->revoke_time) {
      return FailedPrecondition(reason::kFailedPrecondition,
                                "The key was revoked: create another one instead.");
    }
    key->secret_prefix = SecretPrefix(minted.secret);
    key->previous_expire_time = now + overlap;
    if (absl::Status status = transaction.UpdateKey(*key); !status.ok()) return status;
    const absl::Status replaced =
        transaction.ReplaceSecret(*key, minted.hash, now + overlap, now - kForgetEndedSecretsAfter);
    if (!replaced.ok()) return replaced;
    return IssuedKey{.key = *std::move(key), .secret = minted.secret};
  });
}

}  // namespace limpid::gateway

#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "gateway/app/remembered_answer.h"
#include "gateway/app/secret_mint.h"

namespace limpid::gateway {

inline constexpr absl::Duration kDefaultOverlap = absl::Hours(24);
inline constexpr absl::Duration kMaxOverlap = absl::Hours(24 * 30);

/// INVALID_ARGUMENT for `overlap` unless it lies between 0 and kMaxOverlap.
absl::Status CheckOverlap(absl::Duration overlap);

/// Gives a key of the caller's tenant a new secret. The secrets before it stay accepted for `overlap`, and
/// never longer than they would have. FAILED_PRECONDITION for a revoked key. Thread-safe.
class RotateKey {
 public:
  RotateKey(RememberedWrite& writes, SecretMint& mint, const Clock& clock)
      : writes_(writes), mint_(mint), clock_(clock) {}

  absl::StatusOr<IssuedKey> Run(const Call& call, const KeyId& id, absl::Duration overlap);

 private:
  RememberedWrite& writes_;
  SecretMint& mint_;
  const Clock& clock_;
};

}  // namespace limpid::gateway

#pragma once

#include "gateway/app/answer_seal.h"
#include "libs/base/random.h"

namespace limpid::gateway {

/// Locks derived by scrypt (RFC 7914), answers sealed by AES-256-GCM.
///
/// scrypt gives 64 bytes: the first 32 are the id under which the answer is found, the others the sealing
/// key, so that who reads the database learns neither. 16 MiB and some 40 ms for each derivation.
/// Thread-safe.
class ScryptAnswerSeal final : public AnswerSeal {
 public:
  explicit ScryptAnswerSeal(Random& random) : random_(random) {}

  absl::StatusOr<Lock> Derive(const TenantId& tenant, std::string_view idempotency_key) override;
  absl::StatusOr<std::string> Seal(const Lock& lock, std::string_view answer) override;
  absl::StatusOr<std::string> Open(const Lock& lock, std::string_view sealed) override;

 private:
  Random& random_;
};

}  // namespace limpid::gateway

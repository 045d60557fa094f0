#pragma once

#include "absl/status/statusor.h"

#include "gateway/app/remembered_answer.h"
#include "gateway/app/secret_mint.h"
#include "libs/base/random.h"

namespace limpid::gateway {

/// Makes a key for the caller's tenant. INVALID_ARGUMENT with all violations of the draft, PERMISSION_DENIED
/// when an admin wants an operator's key. Thread-safe.
class CreateKey {
 public:
  CreateKey(RememberedWrite& writes, SecretMint& mint, const Clock& clock, Random& random)
      : writes_(writes), mint_(mint), clock_(clock), random_(random) {}

  absl::StatusOr<IssuedKey> Run(const Call& call, const KeyDraft& draft);

 private:
  RememberedWrite& writes_;
  SecretMint& mint_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace limpid::gateway

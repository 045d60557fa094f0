#pragma once

#include <string_view>

#include "gateway/app/secret_mint.h"
#include "gateway/domain/secret_hash.h"
#include "libs/base/random.h"

namespace limpid::gateway {

/// SHA-256 of a secret. Thread-safe.
SecretHash HashSecret(std::string_view secret);

/// Makes `lk_` and 256 random bits, kept as their SHA-256. Thread-safe.
class Sha256SecretMint final : public SecretMint {
 public:
  explicit Sha256SecretMint(Random& random) : random_(random) {}
  MintedSecret Mint() override;

 private:
  Random& random_;
};

}  // namespace limpid::gateway

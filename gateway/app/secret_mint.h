#pragma once

#include <string>

#include "gateway/domain/secret_hash.h"

namespace limpid::gateway {

/// A secret on its way to its owner.
struct MintedSecret {
  std::string secret;
  SecretHash hash;
};

/// Makes the secrets of keys. Thread-safe.
class SecretMint {
 public:
  virtual ~SecretMint() = default;
  virtual MintedSecret Mint() = 0;
};

}  // namespace limpid::gateway

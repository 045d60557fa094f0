#include "gateway/identity/sha256_secret_mint.h"

#include <string>
#include <utility>

#include <openssl/sha.h>

#include "gateway/domain/api_key.h"
#include "libs/base/strings.h"

namespace limpid::gateway {

SecretHash HashSecret(std::string_view secret) {
  SecretHash hash;
  SHA256(reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), hash.bytes.data());
  return hash;
}

MintedSecret Sha256SecretMint::Mint() {
  std::string secret = StrCat(kSecretStart, NewSecret(random_));
  const SecretHash hash = HashSecret(secret);
  return {.secret = std::move(secret), .hash = hash};
}

}  // namespace limpid::gateway

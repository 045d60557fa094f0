#include "gateway/identity/sha256_secret_mint.h"

#include <cstdlib>
#include <string>
#include <utility>

#include <openssl/evp.h>

#include "gateway/domain/api_key.h"
#include "libs/base/strings.h"

namespace limpid::gateway {

SecretHash HashSecret(std::string_view secret) {
  // SHA256() looks the algorithm up at each call, which takes longer than to hash so short a text.
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  SecretHash hash;
  // Without a hash no key may be believed.
  if (EVP_Digest(secret.data(), secret.size(), hash.bytes.data(), nullptr, sha256, nullptr) != 1)
    std::abort();
  return hash;
}

MintedSecret Sha256SecretMint::Mint() {
  std::string secret = StrCat(kSecretStart, NewSecret(random_));
  const SecretHash hash = HashSecret(secret);
  return {.secret = std::move(secret), .hash = hash};
}

}  // namespace limpid::gateway

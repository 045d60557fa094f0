#include "gateway/identity/scrypt_answer_seal.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <openssl/evp.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

constexpr uint64_t kScryptN = 1 << 14;
constexpr uint64_t kScryptR = 8;
constexpr uint64_t kScryptP = 1;
constexpr uint64_t kScryptMaxMemory = 32 << 20;
constexpr size_t kHalf = 32;
constexpr size_t kNonceSize = 12;
constexpr size_t kTagSize = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

absl::Status CryptoFailed() {
  return MakeError(absl::StatusCode::kInternal, reason::kInternal, "The cryptographic library refused.");
}

}  // namespace

absl::StatusOr<AnswerSeal::Lock> ScryptAnswerSeal::Derive(const TenantId& tenant,
                                                          std::string_view idempotency_key) {
  const std::string salt = StrCat("limpid idempotency key of ", tenant.value());
  std::string derived(2 * kHalf, '\0');
  if (EVP_PBE_scrypt(idempotency_key.data(), idempotency_key.size(), Bytes(std::string_view(salt)),
                     salt.size(), kScryptN, kScryptR, kScryptP, kScryptMaxMemory, Bytes(derived),
                     derived.size()) != 1) {
    return CryptoFailed();
  }
  return Lock{.id = derived.substr(0, kHalf), .sealing_key = derived.substr(kHalf)};
}

absl::StatusOr<std::string> ScryptAnswerSeal::Seal(const Lock& lock, std::string_view answer) {
  // Nonce, sealed bytes, tag.
  std::string sealed(kNonceSize + answer.size() + kTagSize, '\0');
  random_.Fill(std::as_writable_bytes(std::span(sealed.data(), kNonceSize)));
  unsigned char* const nonce = Bytes(sealed);
  unsigned char* const body = nonce + kNonceSize;
  const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int size = 0;
  if (cipher == nullptr || lock.sealing_key.size() != kHalf ||
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, Bytes(lock.sealing_key), nonce) != 1 ||
      EVP_EncryptUpdate(cipher.get(), body, &size, Bytes(answer), static_cast<int>(answer.size())) != 1 ||
      EVP_EncryptFinal_ex(cipher.get(), body + size, &size) != 1 ||
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagSize, body + answer.size()) != 1) {
    return CryptoFailed();
  }
  return sealed;
}

absl::StatusOr<std::string> ScryptAnswerSeal::Open(const Lock& lock, std::string_view sealed) {
  const absl::Status broken =
      MakeError(absl::StatusCode::kDataLoss, reason::kInternal, "A kept answer cannot be opened.");
  if (sealed.size() < kNonceSize + kTagSize) return broken;
  const size_t size = sealed.size() - kNonceSize - kTagSize;
  std::string tag(sealed.substr(sealed.size() - kTagSize));
  std::string answer(size, '\0');
  const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int written = 0;
  if (cipher == nullptr || lock.sealing_key.size() != kHalf ||
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, Bytes(lock.sealing_key), Bytes(sealed)) !=
          1 ||
      EVP_DecryptUpdate(cipher.get(), Bytes(answer), &written, Bytes(sealed.substr(kNonceSize)),
                        static_cast<int>(size)) != 1 ||
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagSize, tag.data()) != 1 ||
      EVP_DecryptFinal_ex(cipher.get(), Bytes(answer) + written, &written) != 1) {
    return broken;
  }
  return answer;
}

}  // namespace limpid::gateway

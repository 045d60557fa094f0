#include "libs/redis/key_hasher.h"

#include <array>
#include <cstdint>
#include <new>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "absl/strings/escaping.h"

#include "libs/base/strings.h"

namespace limpid::redis {
namespace {

constexpr size_t kDigestBytes = 32;
// What a digest is for goes into it, so that a key can never pass for a tag.
constexpr char kForKey = 'k';
constexpr char kForTag = 't';

const unsigned char* Bytes(const char* text) { return reinterpret_cast<const unsigned char*>(text); }

}  // namespace

void KeyHasher::Free::operator()(evp_mac_ctx_st* context) const { EVP_MAC_CTX_free(context); }

KeyHasher::KeyHasher(std::string_view secret) {
  const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> hmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                               EVP_MAC_free);
  keyed_.reset(EVP_MAC_CTX_new(hmac.get()));
  std::array<char, 7> digest = {"SHA256"};
  const std::array<OSSL_PARAM, 2> parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0), OSSL_PARAM_construct_end()};
  if (keyed_ == nullptr ||
      EVP_MAC_init(keyed_.get(), Bytes(secret.data()), secret.size(), parameters.data()) != 1) {
    throw std::bad_alloc();
  }
}

KeyHasher::KeyHasher(KeyHasher&&) noexcept = default;
KeyHasher& KeyHasher::operator=(KeyHasher&&) noexcept = default;
KeyHasher::~KeyHasher() = default;

CacheKey KeyHasher::Key(std::string_view kind, std::initializer_list<std::string_view> parts) const {
  std::string name;
  absl::WebSafeBase64Escape(Absl(Digest(kForKey, parts)), &name);
  return CacheKey(StrCat("limpid:", kind, ":", name));
}

std::string KeyHasher::Tag(const CacheKey& key, std::string_view value) const {
  return Digest(kForTag, {key.text(), value});
}

std::string KeyHasher::Digest(char purpose, std::initializer_list<std::string_view> parts) const {
  const std::unique_ptr<EVP_MAC_CTX, Free> context(EVP_MAC_CTX_dup(keyed_.get()));
  if (context == nullptr) throw std::bad_alloc();
  EVP_MAC_update(context.get(), Bytes(&purpose), 1);
  for (const std::string_view part : parts) {
    // Lengths before the texts: ("ab", "c") and ("a", "bc") are different things.
    const uint64_t length = part.size();
    EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(&length), sizeof(length));
    EVP_MAC_update(context.get(), Bytes(part.data()), part.size());
  }
  std::array<unsigned char, kDigestBytes> digest;
  size_t size = 0;
  EVP_MAC_final(context.get(), digest.data(), &size, digest.size());
  return {reinterpret_cast<const char*>(digest.data()), kTagBytes};
}

}  // namespace limpid::redis

#include "verify-svc/challenges/hmac_code_mint.h"

#include <array>
#include <cstdint>
#include <new>
#include <optional>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "absl/strings/escaping.h"

#include "libs/base/strings.h"
#include "verify-svc/domain/code_digits.h"

namespace limpid::verify {
namespace {

constexpr size_t kDigestBytes = 32;
constexpr size_t kSeedBytes = 32;
using Digest = std::array<uint8_t, kDigestBytes>;

// Lengths before the texts: ("ab", "c") and ("a", "bc") are different things.
void Append(std::string_view part, std::string& out) {
  const uint64_t length = part.size();
  out.append(reinterpret_cast<const char*>(&length), sizeof(length));
  out.append(part);
}

Digest Hmac(std::string_view key, std::string_view text) {
  Digest digest;
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const uint8_t*>(text.data()), text.size(), digest.data(), &size) == nullptr) {
    throw std::bad_alloc();
  }
  return digest;
}

std::string BytesOf(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// What a digest is for goes into it, so that one never passes for another.
std::string About(std::string_view use, const Challenge& challenge, std::string_view last) {
  std::string text;
  Append(use, text);
  Append(challenge.tenant.value(), text);
  Append(challenge.id.value(), text);
  Append(challenge.destination, text);
  Append(challenge.purpose, text);
  Append(last, text);
  return text;
}

std::string Code(std::string_view key, const Challenge& challenge) {
  // All eight draws of a digest are passed over once in 10^25 digests: the next one is as good.
  for (std::string text = About("code", challenge, challenge.seed);; text += '.') {
    if (std::optional<std::string> code = CodeFrom(Hmac(key, text))) return *std::move(code);
  }
}

std::string LinkToken(std::string_view key, const Challenge& challenge) {
  std::string token;
  absl::WebSafeBase64Escape(Absl(BytesOf(Hmac(key, About("link", challenge, challenge.seed)))), &token);
  return token;
}

std::string Secret(std::string_view key, const Challenge& challenge) {
  return challenge.channel == ChallengeChannel::kEmailLink ? LinkToken(key, challenge) : Code(key, challenge);
}

std::string Recognises(std::string_view key, const Challenge& challenge, std::string_view secret) {
  return BytesOf(Hmac(key, About("typed", challenge, secret)));
}

bool Same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

HmacCodeMint::HmacCodeMint(std::vector<std::string> keys, Random& random)
    : keys_(std::move(keys)), random_(random) {}

void HmacCodeMint::Strike(Challenge& challenge) {
  std::array<std::byte, kSeedBytes> seed;
  random_.Fill(seed);
  challenge.seed.assign(reinterpret_cast<const char*>(seed.data()), seed.size());
  const std::string& key = keys_.front();
  const std::string secret = Secret(key, challenge);
  challenge.code_hash = Recognises(key, challenge, secret);
  if (challenge.channel == ChallengeChannel::kEmailLink) challenge.link_hash = LinkHash(secret);
}

std::string HmacCodeMint::SecretOf(const Challenge& challenge) const {
  for (const std::string& key : keys_) {
    std::string secret = Secret(key, challenge);
    if (Same(Recognises(key, challenge, secret), challenge.code_hash)) return secret;
  }
  return {};
}

bool HmacCodeMint::IsCode(const Challenge& challenge, std::string_view typed) const {
  bool right = false;
  for (const std::string& key : keys_) {
    right |= Same(Recognises(key, challenge, typed), challenge.code_hash);
  }
  return right;
}

std::string HmacCodeMint::LinkHash(std::string_view token) const {
  Digest digest;
  unsigned int size = 0;
  if (EVP_Digest(token.data(), token.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::bad_alloc();
  }
  return BytesOf(digest);
}

std::string HmacCodeMint::Tag(std::initializer_list<std::string_view> parts) const {
  std::string text;
  Append("tag", text);
  for (const std::string_view part : parts) Append(part, text);
  constexpr size_t kTagBytes = 16;
  std::string tag;
  absl::WebSafeBase64Escape(Absl(BytesOf(Hmac(keys_.front(), text)).substr(0, kTagBytes)), &tag);
  return tag;
}

}  // namespace limpid::verify

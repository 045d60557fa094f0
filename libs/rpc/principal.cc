#include "libs/rpc/principal.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::rpc {
namespace {

// Between the fields of a token's payload: no id contains it, and one that did would not verify.
constexpr char kSeparator = '\0';
// Bound of both caches: as many principals as speak within a minute, and room for a flood of forged tokens is
// not given, for only verified ones are kept.
constexpr size_t kMaxRemembered = 4096;

std::string Mac(const std::string& key, std::string_view payload) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(payload.data()), payload.size(), mac.data(), &size);
  return std::string(reinterpret_cast<const char*>(mac.data()), size);
}

bool SameSecret(const std::string& a, const std::string& b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

absl::Status Invalid() {
  return Unauthenticated(reason::kPrincipalInvalid,
                         "The call bears no valid signature of the suite: call through the gateway.");
}

std::optional<int64_t> Number(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Makes room in a full cache: first what has expired, then everything.
template <class Map, class TimeOf>
void MakeRoom(Map& map, absl::Time now, TimeOf time_of) {
  if (map.size() < kMaxRemembered) return;
  absl::erase_if(map, [&](const auto& entry) { return time_of(entry.second) <= now; });
  if (map.size() >= kMaxRemembered) map.clear();
}

}  // namespace

std::string RandomPrincipalKey() {
  std::array<unsigned char, 32> bytes;
  // Without randomness no signature is worth anything.
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) std::abort();
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

PrincipalSigner::PrincipalSigner(const PrincipalKeys& keys, const Clock& clock)
    : key_(keys.front()), clock_(clock) {}

std::string PrincipalSigner::Sign(const Principal& principal) {
  const absl::Time now = clock_.Now();
  MutexLock lock(mutex_);
  if (auto it = signed_.find(principal); it != signed_.end() && now < it->second.renew_time)
    return it->second.token;
  std::string payload = principal.tenant.value();
  payload.push_back(kSeparator);
  payload.append(RoleName(principal.role));
  payload.push_back(kSeparator);
  payload.append(principal.key.value());
  payload.push_back(kSeparator);
  StrAppend(payload, absl::ToUnixSeconds(now + kPrincipalLifetime));
  std::string token =
      StrCat(absl::WebSafeBase64Escape(payload), ".", absl::WebSafeBase64Escape(Mac(key_, payload)));
  MakeRoom(signed_, now, [](const Signed& entry) { return entry.renew_time; });
  signed_[principal] = {.token = token, .renew_time = now + kPrincipalLifetime / 2};
  return token;
}

PrincipalVerifier::PrincipalVerifier(PrincipalKeys keys, const Clock& clock)
    : keys_(std::move(keys)), clock_(clock) {}

absl::StatusOr<Principal> PrincipalVerifier::Verify(std::string_view token) {
  const absl::Time now = clock_.Now();
  {
    MutexLock lock(mutex_);
    if (auto it = verified_.find(Absl(token)); it != verified_.end() && now < it->second.expire_time) {
      return it->second.principal;
    }
  }
  absl::StatusOr<Verified> verified = Check(token);
  if (!verified.ok()) return verified.status();
  if (verified->expire_time <= now) return Invalid();
  MutexLock lock(mutex_);
  MakeRoom(verified_, now, [](const Verified& entry) { return entry.expire_time; });
  return verified_.insert_or_assign(std::string(token), *std::move(verified)).first->second.principal;
}

absl::StatusOr<PrincipalVerifier::Verified> PrincipalVerifier::Check(std::string_view token) const {
  const size_t dot = token.find('.');
  if (dot == std::string_view::npos) return Invalid();
  std::string payload;
  std::string mac;
  if (!absl::WebSafeBase64Unescape(Absl(token.substr(0, dot)), &payload) ||
      !absl::WebSafeBase64Unescape(Absl(token.substr(dot + 1)), &mac)) {
    return Invalid();
  }
  bool authentic = false;
  for (const std::string& key : keys_) authentic = SameSecret(Mac(key, payload), mac) || authentic;
  if (!authentic) return Invalid();

  const std::vector<std::string> fields = absl::StrSplit(payload, kSeparator);
  if (fields.size() != 4) return Invalid();
  const std::optional<Role> role = RoleFromName(fields[1]);
  const std::optional<int64_t> expire_seconds = Number(fields[3]);
  if (!role || !expire_seconds) return Invalid();
  return Verified{
      .principal = {.tenant = TenantId(fields[0]), .role = *role, .key = KeyId(fields[2])},
      .expire_time = absl::FromUnixSeconds(*expire_seconds),
  };
}

}  // namespace limpid::rpc

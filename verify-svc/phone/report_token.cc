#include "verify-svc/phone/report_token.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <openssl/crypto.h>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

constexpr std::size_t kMaxTokenBytes = 1024;
constexpr std::size_t kParts = 5;

std::string Encoded(std::string_view bytes) {
  std::string text;
  absl::WebSafeBase64Escape(Absl(bytes), &text);
  while (text.ends_with('=')) text.pop_back();
  return text;
}

std::vector<std::string> PartsOf(std::string_view text) {
  if (text.size() > kMaxTokenBytes) return {};
  return absl::StrSplit(Absl(text), '.');
}

}  // namespace

// id.expiry.provider.tenant.tag
std::string ReportTokens::Make(const ReportToken& token, std::string_view e164) const {
  return StrCat(token.id, ".", absl::ToUnixSeconds(token.expire_time), ".", token.provider, ".",
                Encoded(token.tenant.value()), ".", Encoded(Tag(token, e164)));
}

std::optional<ReportToken> ReportTokens::Read(std::string_view text) {
  const std::vector<std::string> parts = PartsOf(text);
  std::int64_t expiry = 0;
  std::string tenant;
  if (parts.size() != kParts || parts[0].empty() || !absl::SimpleAtoi(parts[1], &expiry) ||
      !absl::WebSafeBase64Unescape(parts[3], &tenant)) {
    return std::nullopt;
  }
  return ReportToken{.id = parts[0],
                     .expire_time = absl::FromUnixSeconds(expiry),
                     .provider = parts[2],
                     .tenant = TenantId(tenant)};
}

bool ReportTokens::Fits(std::string_view text, std::string_view e164) const {
  const std::optional<ReportToken> token = Read(text);
  if (!token) return false;
  // Of the whole text: there is one way to write a token.
  const std::string ours = Make(*token, e164);
  return ours.size() == text.size() && CRYPTO_memcmp(ours.data(), text.data(), ours.size()) == 0;
}

std::string ReportTokens::Tag(const ReportToken& token, std::string_view e164) const {
  const std::string expiry = StrCat(absl::ToUnixSeconds(token.expire_time));
  return hasher_.Tag(hasher_.Key("number-report", {token.id, expiry, token.provider, token.tenant.value()}),
                     e164);
}

}  // namespace limpid::verify

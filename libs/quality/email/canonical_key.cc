#include "libs/quality/email/canonical_key.h"

#include <algorithm>

#include "libs/text/unicode.h"

namespace limpid::quality {

std::string_view WithoutTag(std::string_view local) {
  const std::size_t plus = local.find('+');
  return plus == 0 ? local : local.substr(0, plus);
}

std::string CanonicalKey(const EmailAddress& address) {
  constexpr std::string_view kGoogle = "gmail.com";
  if (address.empty()) return {};
  const std::string_view domain = address.domain();
  const bool google = domain == kGoogle || domain == "googlemail.com";
  std::string key;
  key.reserve(address.local_size + 1 + domain.size());
  key.append(WithoutTag(address.local()));
  if (address.needs_smtputf8) key = text::Lower(key);
  std::transform(key.begin(), key.end(), key.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (google) key.erase(std::remove(key.begin(), key.end(), '.'), key.end());
  key.push_back('@');
  key.append(google ? kGoogle : domain);
  return key;
}

}  // namespace limpid::quality

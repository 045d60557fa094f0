#include "verify-svc/email/smtp/wire_address.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"

#include "libs/text/unicode.h"

namespace limpid::verify {
namespace {

// RFC 5321 §4.5.3.1: octets of a path, less its brackets, and of its parts.
constexpr std::size_t kMaxAddress = 254;
constexpr std::size_t kMaxLocalPart = 64;
constexpr std::size_t kMaxDomain = 253;

bool IsAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }
bool IsBeyondAscii(char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }

bool IsAtomByte(char c) {
  return IsAlnum(c) || IsBeyondAscii(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool IsDotString(std::string_view local) {
  bool after_dot = true;
  for (const char c : local) {
    if (c == '.' ? after_dot : !IsAtomByte(c)) return false;
    after_dot = c == '.';
  }
  return !after_dot;
}

bool IsQuotedString(std::string_view local) {
  if (local.size() < 2 || local.front() != '"' || local.back() != '"') return false;
  bool escaped = false;
  for (const char c : local.substr(1, local.size() - 2)) {
    if (!absl::ascii_isprint(static_cast<unsigned char>(c)) && !IsBeyondAscii(c)) return false;
    if (c == '"' && !escaped) return false;
    escaped = c == '\\' && !escaped;
  }
  return !escaped;
}

// `[192.0.2.1]`, `[IPv6:2001:db8::1]`.
bool IsAddressLiteral(std::string_view domain) {
  return domain.size() > 2 && domain.front() == '[' && domain.back() == ']' &&
         std::ranges::all_of(domain.substr(1, domain.size() - 2),
                             [](char c) { return IsAlnum(c) || c == '.' || c == ':'; });
}

}  // namespace

bool IsWireSafeAddress(std::string_view address, bool smtputf8) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos || address.size() > kMaxAddress) return false;
  if (text::IsAscii(address) ? false : !smtputf8 || !text::IsValidUtf8(address)) return false;
  const std::string_view local = address.substr(0, at);
  const std::string_view domain = address.substr(at + 1);
  return local.size() <= kMaxLocalPart && (IsDotString(local) || IsQuotedString(local)) &&
         (IsWireSafeDomain(domain) || IsAddressLiteral(domain));
}

bool IsWireSafeDomain(std::string_view domain) {
  return !domain.empty() && domain.size() <= kMaxDomain && domain.front() != '-' && domain.front() != '.' &&
         std::ranges::all_of(domain, [](char c) { return IsAlnum(c) || c == '-' || c == '.'; });
}

std::string RandomLocalPart(Random& random) {
  // Syllables of two letters: about 2^43 names.
  constexpr std::string_view kConsonants = "bcdfgjklmnprstvz";
  constexpr std::string_view kVowels = "aeio";
  std::uint64_t bits = random.Next();
  const auto take = [&bits](std::string_view letters) {
    const char letter = letters[bits % letters.size()];
    bits /= letters.size();
    return letter;
  };
  std::string name;
  for (int syllable = 0; syllable < 7; ++syllable) {
    name += take(kConsonants);
    name += take(kVowels);
    if (syllable == 2) name += '.';
  }
  name += take(kConsonants);
  return name;
}

}  // namespace limpid::verify

#include "libs/base/unique_id.h"

#include <algorithm>
#include <cstdint>

namespace limpid {
namespace {

// Crockford's base 32 in lower case: its order is that of the characters, and no two look alike.
constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr int kBitsPerDigit = 5;
constexpr int kTimeDigits = 10;    // 50 bits of milliseconds: until the year 37,000
constexpr int kRandomDigits = 16;  // 80 bits

void AppendDigits(std::string& out, uint64_t value, int count) {
  for (int shift = kBitsPerDigit * (count - 1); shift >= 0; shift -= kBitsPerDigit) {
    out.push_back(kDigits[(value >> shift) & (kDigits.size() - 1)]);
  }
}

}  // namespace

std::string NewId(std::string_view prefix, const Clock& clock, Random& random) {
  std::string id(prefix);
  id.reserve(prefix.size() + kTimeDigits + kRandomDigits);
  AppendDigits(id, static_cast<uint64_t>(std::max<int64_t>(absl::ToUnixMillis(clock.Now()), 0)), kTimeDigits);
  AppendDigits(id, random.Next(), kRandomDigits / 2);
  AppendDigits(id, random.Next(), kRandomDigits / 2);
  return id;
}

}  // namespace limpid

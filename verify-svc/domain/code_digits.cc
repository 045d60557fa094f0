#include "verify-svc/domain/code_digits.h"

namespace limpid::verify {

std::optional<std::string> CodeFrom(std::span<const uint8_t> random) {
  constexpr uint64_t kCodes = 1'000'000;
  constexpr uint64_t kEnd = (uint64_t{1} << 32) / kCodes * kCodes;
  for (; random.size() >= 4; random = random.subspan(4)) {
    const uint64_t drawn = uint64_t{random[0]} << 24 | random[1] << 16 | random[2] << 8 | random[3];
    if (drawn >= kEnd) continue;
    std::string code = std::to_string(drawn % kCodes);
    return std::string(kCodeDigits - code.size(), '0') + code;
  }
  return std::nullopt;
}

}  // namespace limpid::verify

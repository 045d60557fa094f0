#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "libs/base/random.h"

namespace limpid::testing {

/// Chance that a test decides: Fraction() is what was last set, one half at first (a jitter of ±x is then
/// none).
class FixedRandom final : public Random {
 public:
  explicit FixedRandom(double fraction = 0.5) { Set(fraction); }

  /// From 0 up to 1; 1 means the largest fraction there is.
  void Set(double fraction) {
    number_ = fraction < 1 ? static_cast<uint64_t>(std::ldexp(fraction, 64)) : ~uint64_t{0};
  }
  void Fill(std::span<std::byte> bytes) override {
    const auto pattern = std::bit_cast<std::array<std::byte, sizeof(uint64_t)>>(number_.load());
    for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = pattern[i % pattern.size()];
  }

 private:
  std::atomic<uint64_t> number_;
};

}  // namespace limpid::testing

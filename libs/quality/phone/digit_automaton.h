#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "libs/quality/phone/digit_pattern.h"

namespace limpid::quality {

/// Many patterns in one table: reading a number once, a step for each digit, tells which of them match.
/// Immutable; thread-safe.
class DigitAutomaton {
  class Construction;

 public:
  enum class Extent : uint8_t {
    kWhole,   ///< The pattern is all of the number.
    kPrefix,  ///< The number begins with it.
  };

  /// Collects the patterns.
  class Builder {
   public:
    /// The index by which `sets()` names the pattern: 0 for the first, and so on.
    uint32_t Add(const DigitPattern& pattern, Extent extent);
    /// Nothing when the table would be too large, or a pattern holds a `$`.
    std::optional<DigitAutomaton> Build() const;

   private:
    friend class DigitAutomaton::Construction;

    std::vector<DigitPattern::Instruction> program_;  ///< All patterns, one after the other.
    std::vector<uint32_t> pattern_of_;                ///< For each instruction.
    std::vector<uint32_t> begins_;                    ///< For each pattern.
    std::vector<Extent> extents_;
  };

  /// The set of patterns that match all of `digits`, as an index into `sets()`. Anything but digits matches
  /// nothing.
  std::size_t Find(std::string_view digits) const {
    std::size_t state = kStart;
    for (const char c : digits) {
      const auto digit = static_cast<unsigned char>(c - '0');
      if (digit > 9 || state == kDead) return 0;
      state = steps_[state * 10 + digit];
    }
    return set_of_[state];
  }

  /// Indices of patterns in ascending order. The first set is empty.
  const std::vector<std::vector<uint32_t>>& sets() const { return sets_; }
  std::size_t states() const { return set_of_.size(); }

 private:
  static constexpr uint32_t kDead = 0;
  static constexpr uint32_t kStart = 1;

  std::vector<uint16_t> steps_;   ///< Ten for each state; state 0 is where nothing matches any more.
  std::vector<uint16_t> set_of_;  ///< For each state.
  std::vector<std::vector<uint32_t>> sets_;
};

}  // namespace limpid::quality

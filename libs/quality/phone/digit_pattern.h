#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::quality {

/// A regular expression over digits as the number plan writes them: digits, classes, `\d`, groups, `|`, `?`,
/// `*`, `+`, `{n}`, `{n,m}` and `$`. Compiled to a few instructions that DigitAutomaton reads too. Immutable;
/// thread-safe.
class DigitPattern {
 public:
  enum class Op : uint8_t {
    kDigit,   ///< One digit of `digits`, then the next instruction.
    kFork,    ///< `first` is tried before `second`.
    kJump,    ///< Goes on at `first`.
    kMark,    ///< Notes the place as begin (even) or end (odd) of the group `first / 2`.
    kEnd,     ///< `$`: nothing may follow.
    kAccept,  ///< The pattern has matched.
  };
  struct Instruction {
    Op op = Op::kAccept;
    uint16_t digits = 0;  ///< Bit d: the digit d.
    uint16_t first = 0;
    uint16_t second = 0;
  };

  static constexpr std::size_t kMostGroups = 8;
  static constexpr uint16_t kAnyDigit = 0x3FF;

  /// What a match covers; group 0 is the first in parentheses.
  struct Match {
    std::size_t length = 0;
    std::array<std::string_view, kMostGroups> groups;
  };

  /// Nothing for what is written otherwise than the header says.
  static std::optional<DigitPattern> Parse(std::string_view expression);

  /// The match at the beginning of `digits` that a backtracking matcher finds: the first alternative that
  /// fits wins, repetitions take what they can.
  std::optional<Match> MatchPrefix(std::string_view digits) const;

  /// Digits that the pattern matches: a walk through it, whose every turn is one of `choose(n)`, below n.
  std::string Sample(const std::function<std::size_t(std::size_t n)>& choose) const;

  const std::vector<Instruction>& program() const { return program_; }
  std::size_t groups() const { return groups_; }

 private:
  class Compiler;

  std::vector<Instruction> program_;
  std::size_t groups_ = 0;
};

}  // namespace limpid::quality

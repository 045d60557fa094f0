#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace limpid::quality {

/// A range of numbers of which a list says something: one row of `data/phone/ranges.tsv`.
struct NumberRange {
  std::string prefix;      ///< Digits of the E.164 form, without the plus.
  std::size_t digits = 0;  ///< Digits of a whole number of the range.
  std::string_view flag;   ///< One of phone_flag.
  std::string source;
};

/// Numbering ranges with a meaning that the number plan does not tell: fiction, canvassing, platforms.
/// Immutable; thread-safe.
class NumberRanges {
 public:
  NumberRanges() = default;
  /// Rows: calling code, national prefix without the trunk digit, digits of the national number, flag,
  /// source.
  static absl::StatusOr<NumberRanges> Parse(std::string_view text);

  /// The ranges that hold `digits` (E.164 without the plus), the longest prefix first.
  std::vector<const NumberRange*> Find(std::string_view digits) const;

 private:
  std::vector<NumberRange> ranges_;  ///< Sorted by prefix.
};

}  // namespace limpid::quality

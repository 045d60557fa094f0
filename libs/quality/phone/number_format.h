#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/quality/phone/digit_pattern.h"

namespace limpid::quality {

/// One way of grouping the digits of a national number: `(\d)(\d{2})(\d{2})(\d{2})(\d{2})` as `$1 $2 $3 $4
/// $5`, inside the country with the national prefix, `0$1`. Immutable; thread-safe.
class NumberFormat {
 public:
  struct Source {
    std::string_view pattern;
    std::string_view format;
    std::string_view
        national_prefix_rule;  ///< Stands for the first group of the national form; may be empty.
  };
  /// Nothing when the format is written in a way that is not understood.
  static std::optional<NumberFormat> Compile(const Source& source);

  const DigitPattern& pattern() const { return pattern_; }

  /// Appends the groups; false, and `out` unchanged, when the pattern does not cover `digits`.
  bool AppendNational(std::string_view digits, std::string& out) const;
  bool AppendInternational(std::string_view digits, std::string& out) const;

 private:
  /// Text in which a character below kMostGroups stands for the group of that number.
  using Template = std::string;
  static constexpr std::size_t kLongest = 17;
  using Groups = std::array<std::string_view, DigitPattern::kMostGroups>;

  static std::optional<Template> CompileTemplate(std::string_view format, std::size_t groups);
  bool Append(const Template& form, std::string_view digits, std::string& out) const;
  bool Divide(std::string_view digits, Groups& groups) const;
  void MeasureGroups();

  DigitPattern pattern_;
  Template national_;
  Template international_;
  /// For each length of number how long its groups are, where that does not depend on the digits; all zero
  /// where the pattern has to be asked.
  std::array<std::array<uint8_t, DigitPattern::kMostGroups>, kLongest + 1> widths_{};
};

}  // namespace limpid::quality

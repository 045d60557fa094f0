#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/quality/phone/digit_pattern.h"

namespace i18n::phonenumbers {
class NumberFormat;
}

namespace limpid::quality {

/// One way of grouping the digits of a number while it is being typed. Immutable; thread-safe.
class TypingFormat {
 public:
  /// Stands for a digit to come in a mould.
  static constexpr char kGap = '\x01';

  /// Nothing when a pattern is written in a way that is not understood. A format that cannot be applied while
  /// one types (digits of its own between the groups) is compiled all the same, and not `usable`.
  static std::optional<TypingFormat> Compile(const i18n::phonenumbers::NumberFormat& metadata);

  bool usable() const { return usable_; }
  /// The national prefix rule leaves the first group alone: the form of numbers without national prefix.
  bool without_prefix() const { return without_prefix_; }
  bool prefix_optional() const { return prefix_optional_; }
  bool names_carrier() const { return names_carrier_; }
  bool space_behind_prefix() const { return space_behind_prefix_; }

  /// Whether a number that begins so may have this form. Three digits at least.
  bool Admits(std::string_view beginning) const;
  /// Appends the whole number in this form; false, and `out` unchanged, when the form is not for all of it.
  bool Append(std::string_view number, std::string& out) const;
  /// The form of the longest number with gaps for its digits; empty when it has fewer than `digits`.
  std::string_view Mould(std::size_t digits) const { return digits <= gaps_ ? mould_ : std::string_view(); }
  /// Formats of one pattern have one mould.
  const std::string& pattern_text() const { return pattern_text_; }

 private:
  explicit TypingFormat(DigitPattern pattern) : pattern_(std::move(pattern)) {}
  void MakeMould();

  DigitPattern pattern_;
  std::string pattern_text_;
  std::string form_;  ///< `$1 $2-$3`, a group's reference as one character below kMostGroups.
  std::vector<DigitPattern> beginnings_;
  std::string mould_;
  std::size_t gaps_ = 0;
  bool usable_ = false;
  bool without_prefix_ = false;
  bool prefix_optional_ = false;
  bool names_carrier_ = false;
  bool space_behind_prefix_ = false;
};

}  // namespace limpid::quality

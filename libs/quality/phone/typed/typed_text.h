#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What was typed into a field for a phone number, brought into the few characters that the rules look at.
namespace limpid::quality {

/// Stands for a letter that is none of ASCII.
inline constexpr char kOtherLetter = '@';

struct TypedText {
  /// Digits, `+`, lower-case letters, kOtherLetter, and ASCII signs. Spaces of every kind are one kind, line
  /// breaks are `\n`, dashes are `-`, and what nobody sees is gone.
  std::string text;
  /// Signs that the number plan takes for no part of a number: `06·12·34`, `06_12_34`, `06,12,34`. All but
  /// comma and semicolon, which may also part two numbers, are spaces now.
  bool odd_signs = false;
  bool has_letters = false;
};

/// `input` is valid UTF-8.
TypedText ReadTyped(std::string_view input);

/// The text with its letters that look like digits made digits, `O6 l2` to `06 12`, where they stand among
/// digits; empty when there are none. Words stay: `bis`, `poste`.
std::string WithoutLookAlikes(std::string_view text);

/// A stretch of digits and what parts them, ended by a letter, by a sign that parts numbers, or by the plus
/// of the next number.
struct Stretch {
  std::string_view text;
  std::string_view before;  ///< What stands between it and the stretch before.
  std::size_t digits = 0;
};
/// At most kMostStretches; more than that is no field for a phone number, and the answer is empty.
inline constexpr std::size_t kMostStretches = 12;
std::vector<Stretch> Stretches(std::string_view text);

/// The text with spaces for its commas and semicolons.
std::string WithoutCommas(std::string_view text);

std::string DigitsOf(std::string_view text);

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == kOtherLetter; }

}  // namespace limpid::quality

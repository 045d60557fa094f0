#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace limpid::quality {

/// A number as it was typed, in digits.
struct TypedDigits {
  bool is_number = true;  ///< False: nobody would take the text for a number; all below is empty.
  bool plus = false;      ///< An international number: `+` stands before the digits.
  /// Three at least, as 0 to 9 whatever the script; from three letters on, letters are keys of the dial.
  std::string digits;
  std::string extension;  ///< Behind `ext.`, `x`, `#` or `;ext=`.
};

/// Reads what libphonenumber reads from a text, by its rules: what stands before the first and after the last
/// digit is passed over, separators of every kind are left out. Nothing where those rules are not simple any
/// more (labels of other languages, parameters of URIs, several numbers with extensions): that is
/// libphonenumber's to read. The text is valid UTF-8.
std::optional<TypedDigits> ReadTypedDigits(std::string_view text);

}  // namespace limpid::quality

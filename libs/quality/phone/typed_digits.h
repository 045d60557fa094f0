#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace limpid::quality {

/// A number that was typed plainly.
struct TypedDigits {
  bool plus = false;      ///< An international number: `+` stands before the digits.
  std::string digits;     ///< Three at least, as 0 to 9 whatever the script.
  std::string extension;  ///< Behind `ext.`, `x`, `#` or `;ext=`.
};

/// Reads digits parted by spaces, dots, hyphens, slashes and brackets, with or without a plus and an
/// extension; what stands before the first and after the last digit is passed over as libphonenumber does.
/// Nothing for all else (letters that may be keys of the dial, several numbers, labels of other languages):
/// that is libphonenumber's to read. The text is valid UTF-8.
std::optional<TypedDigits> ReadTypedDigits(std::string_view text);

}  // namespace limpid::quality

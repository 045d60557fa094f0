#include "libs/quality/phone/typed_digits.h"

#include <cstddef>
#include <cstdint>

namespace limpid::quality {
namespace {

/// No number has more; libphonenumber says what of it is wrong.
constexpr std::size_t kMostDigits = 40;
/// With fewer the text has to look just so.
constexpr std::size_t kFewestDigits = 3;

enum class Sign : uint8_t {
  kDigit,
  kPlus,
  kSeparator,  ///< May stand between digits.
  kEdge,       ///< Only before the first digit or after the last.
  kLabel,      ///< Only before the first digit.
  kUnsure,
};

struct Character {
  Sign sign = Sign::kUnsure;
  char digit = '0';
  std::size_t bytes = 1;
};

Character ReadAscii(char c) {
  if (c >= '0' && c <= '9') return {.sign = Sign::kDigit, .digit = c};
  switch (c) {
    case '+':
      return {.sign = Sign::kPlus};
    case ' ':
    case '-':
    case '.':
    case '/':
    case '(':
    case ')':
    case '[':
    case ']':
      return {.sign = Sign::kSeparator};
    case '\t':
    case '\n':
    case '\r':
    case '"':
    case '\'':
    case ':':
    case ',':
    case '_':
    case '<':
    case '>':
    case '=':
      return {.sign = Sign::kEdge};
    case ';':
      return {};
    default:
      return {.sign = c > ' ' && c != '#' && c != '~' && c != '*' ? Sign::kLabel : Sign::kUnsure};
  }
}

/// The characters beyond ASCII that are met in numbers; which of them part digits is libphonenumber's choice.
Character ReadUnicode(std::string_view text) {
  const auto byte = [text](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
  };
  const auto digit = [](unsigned value, std::size_t bytes) {
    return Character{.sign = Sign::kDigit, .digit = static_cast<char>('0' + value), .bytes = bytes};
  };
  const auto separator = [](std::size_t bytes) {
    return Character{.sign = Sign::kSeparator, .bytes = bytes};
  };
  const auto edge = [](std::size_t bytes) { return Character{.sign = Sign::kEdge, .bytes = bytes}; };
  const unsigned last2 = byte(1);
  if (byte(0) == 0xC2 && (last2 == 0xA0 || last2 == 0xAD)) return separator(2);          // NBSP, soft hyphen
  if (byte(0) == 0xD9 && last2 >= 0xA0 && last2 <= 0xA9) return digit(last2 - 0xA0, 2);  // Arabic-Indic
  if (byte(0) == 0xDB && last2 >= 0xB0 && last2 <= 0xB9) return digit(last2 - 0xB0, 2);  // the same, extended
  const unsigned code = (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
  if ((byte(0) & 0xF0) != 0xE0) return {};
  if (code >= 0xFF10 && code <= 0xFF19) return digit(code - 0xFF10, 3);  // full-width
  if (code == 0xFF0B) return {.sign = Sign::kPlus, .bytes = 3};
  if (code >= 0x2010 && code <= 0x2015) return separator(3);  // hyphens and dashes
  if (code == 0x200B || code == 0x2060 || code == 0x2212 || code == 0x3000) return separator(3);
  if (code >= 0xFF0D && code <= 0xFF0F) return separator(3);  // full-width hyphen, full stop, slash
  if (code == 0xFF08 || code == 0xFF09) return separator(3);  // full-width parentheses
  if (code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E)) return edge(3);  // bidi marks
  if ((code >= 0x2066 && code <= 0x2069) || code == 0xFEFF) return edge(3);
  return {};
}

Character Read(std::string_view text) {
  return static_cast<unsigned char>(text[0]) < 0x80 ? ReadAscii(text[0]) : ReadUnicode(text);
}

}  // namespace

std::optional<TypedDigits> ReadTypedDigits(std::string_view text) {
  TypedDigits typed;
  bool after_plus = false;  ///< Nothing but the plus and separators so far.
  bool pluses_end = false;
  bool ended = false;  ///< Something stood here that no digit may follow.
  for (std::size_t i = 0; i < text.size();) {
    const Character character = Read(text.substr(i));
    i += character.bytes;
    const bool begun = !typed.digits.empty();
    switch (character.sign) {
      case Sign::kDigit:
        if (ended || typed.digits.size() == kMostDigits) return std::nullopt;
        typed.digits.push_back(character.digit);
        break;
      case Sign::kPlus:
        if (begun || pluses_end) return std::nullopt;
        after_plus = true;
        break;
      case Sign::kSeparator:
        pluses_end = after_plus;
        break;
      case Sign::kEdge:
        if (begun || after_plus) ended = true;
        break;
      case Sign::kLabel:
        if (begun || after_plus) return std::nullopt;
        break;
      case Sign::kUnsure:
        return std::nullopt;
    }
  }
  typed.plus = after_plus;
  if (typed.digits.size() < kFewestDigits) return std::nullopt;
  return typed;
}

}  // namespace limpid::quality

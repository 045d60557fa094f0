#include "libs/quality/phone/typed_digits.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

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

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool TakeWord(std::string_view word, std::string_view& text) {
  if (text.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (Lower(text[i]) != word[i]) return false;
  }
  text.remove_prefix(word.size());
  return true;
}

/// The extension that all of `text` is: a label, digits, and nothing else but signs that end a sentence.
std::optional<std::string> ReadExtension(std::string_view text) {
  const bool parameter = TakeWord(";ext=", text);
  if (!parameter) {
    // The longer before what it begins with.
    constexpr std::string_view kLabels[] = {"extension", "extn", "ext", "x", "int", "#"};
    bool labelled = false;
    for (const std::string_view label : kLabels) labelled = labelled || TakeWord(label, text);
    if (!labelled) return std::nullopt;
    if (text.starts_with(':') || text.starts_with('.')) text.remove_prefix(1);
    text.remove_prefix(std::min(text.find_first_not_of(" -"), text.size()));
  }
  // Every label admits nine digits, some more.
  constexpr std::size_t kMostExtensionDigits = 9;
  const std::size_t length = std::min(text.find_first_not_of("0123456789"), text.size());
  if (length == 0 || length > kMostExtensionDigits) return std::nullopt;
  if (text.find_first_not_of(" .)]", length) != std::string_view::npos) return std::nullopt;
  return std::string(text.substr(0, length));
}

}  // namespace

std::optional<TypedDigits> ReadTypedDigits(std::string_view text) {
  TypedDigits typed;
  bool after_plus = false;  ///< Nothing but the plus and separators so far.
  bool pluses_end = false;
  bool ended = false;  ///< Something stood here that no digit may follow.
  char before = ' ';
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
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
      case Sign::kUnsure:
        if (begun && !ended && before != '/') {
          std::optional<std::string> extension = ReadExtension(text.substr(begin));
          if (!extension) return std::nullopt;
          typed.extension = *std::move(extension);
          i = text.size();
          break;
        }
        if (begun || after_plus || character.sign == Sign::kUnsure) return std::nullopt;
        break;
    }
    // `/x2` begins a second number.
    if (text[begin] != ' ') before = text[begin];
  }
  typed.plus = after_plus;
  if (typed.digits.size() < kFewestDigits) return std::nullopt;
  return typed;
}

}  // namespace limpid::quality

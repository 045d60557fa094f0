#include "libs/quality/phone/typing/typed_entry.h"

#include <algorithm>

#include "libs/quality/phone/compiled_plan.h"
#include "libs/quality/phone/typing/as_you_type.h"
#include "libs/text/unicode.h"

namespace limpid::quality {
namespace {

/// The digits of a field, a plus before them, and how many of these stand before the caret.
struct Keys {
  std::string keys;
  std::size_t before_caret = 0;
};

std::size_t Utf16Units(std::size_t utf8_bytes) { return utf8_bytes == 4 ? 2 : 1; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// Signs that formats put between digits, and that people do.
bool Parts(char sign) { return std::string_view(" -./()[]~\t").find(sign) != std::string_view::npos; }

/// `character` as a key, 0 for what only parts keys; nothing for what is no part of a plain number.
std::optional<char> KeyOf(std::string_view character, text::CharKind kind, bool first) {
  const char c = character[0];
  if (character.size() == 1) {
    if (IsDigit(c) || (c == '+' && first)) return c;
    return Parts(c) ? std::optional('\0') : std::nullopt;
  }
  if (kind == text::CharKind::kDigit) return text::WithAsciiDigits(character)[0];
  if (kind == text::CharKind::kSpace || kind == text::CharKind::kInvisible) return '\0';
  const std::string folded = text::Fold(character);
  if (folded == "+" && first) return '+';
  return folded.size() == 1 && Parts(folded[0]) ? std::optional('\0') : std::nullopt;
}

/// Nothing when the text is more than digits and signs.
std::optional<Keys> ReadKeys(std::string_view typed, std::size_t caret) {
  Keys read;
  std::size_t unit = 0;
  for (std::size_t i = 0; i < typed.size();) {
    const std::size_t begin = i;
    const text::CharKind kind = static_cast<unsigned char>(typed[i]) < 0x80 ? (++i, text::CharKind::kOther)
                                                                            : text::NextKind(typed, i);
    const std::optional<char> key = KeyOf(typed.substr(begin, i - begin), kind, read.keys.empty());
    if (!key) return std::nullopt;
    if (*key != '\0') {
      read.keys.push_back(*key);
      if (unit < caret) ++read.before_caret;
    }
    unit += Utf16Units(i - begin);
  }
  return read;
}

/// Right behind as many keys as stood before the caret.
std::size_t CaretIn(std::string_view text, std::size_t keys) {
  if (keys == 0) return 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((IsDigit(text[i]) || text[i] == '+') && --keys == 0) return i + 1;
  }
  return text.size();
}

const TypingTerritory& Home(const TypingPlan& plan, std::string_view region) {
  const TypingTerritory* home = plan.Code(CallingCodeOf(region));
  return home == nullptr ? plan.nowhere() : *home;
}

/// Whether a calling code begins with these digits or is how they begin.
bool MayBeCallingCode(const CompiledPlan& plan, std::string_view digits) {
  constexpr std::size_t kLongest = 3;
  int value = 0;
  for (const char digit : digits.substr(0, kLongest)) {
    value = value * 10 + (digit - '0');
    if (plan.Exists(value)) return true;
  }
  if (digits.empty()) return true;
  int from = value;
  int to = value;
  for (std::size_t length = digits.size(); length < kLongest; ++length) {
    from = from * 10;
    to = to * 10 + 9;
    for (int code = from; code <= to; ++code) {
      if (plan.Exists(code)) return true;
    }
  }
  return false;
}

/// Whether `fault`, which the plan finds with what was typed so far, may go away with more digits.
bool MayBecomeANumber(const CompiledPlan& plan, std::string_view fault, std::string_view keys) {
  constexpr std::size_t kFewestDigits = 3;
  if (keys.starts_with('+')) {
    keys.remove_prefix(1);
    if (keys.starts_with('0') || !MayBeCallingCode(plan, keys)) return false;
  }
  if (keys.size() < kFewestDigits) return true;
  return fault != phone_reason::kTooLong && fault != phone_reason::kNotANumber &&
         fault != phone_reason::kInvalidCountryCode;
}

}  // namespace

TypedEntry FormatEntry(const NumberPlan& plan, std::string_view typed, std::optional<std::size_t> caret,
                       std::string_view region) {
  const std::size_t at = caret ? *caret : Utf16Length(typed);
  TypedEntry entry;
  const std::optional<Keys> keys = ReadKeys(typed, at);
  if (!keys) {
    entry.text = typed;
    entry.caret = at;
    entry.valid = plan.Read(typed, region).valid();
    entry.possible = entry.valid;
    return entry;
  }
  AsYouType formatter(plan.typing(), Home(plan.typing(), region));
  for (const char key : keys->keys) formatter.Key(key);
  entry.text = formatter.text();
  entry.caret = CaretIn(entry.text, keys->before_caret);
  const PlannedNumber number = plan.Read(keys->keys, region);
  entry.valid = number.valid();
  entry.possible = entry.valid || MayBecomeANumber(plan.compiled(), number.fault, keys->keys);
  return entry;
}

std::size_t Utf16Length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

}  // namespace limpid::quality

#include "libs/quality/phone/typed_digits.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace limpid::quality {
namespace {

/// No number has more; libphonenumber says what of it is wrong.
constexpr std::size_t kMostDigits = 40;
/// As many stand at the beginning of a number, parted by nothing but separators.
constexpr std::size_t kFewestDigits = 3;
/// Fewer letters are slips, not words on the keys of the dial.
constexpr std::size_t kFewestLetters = 3;

enum class Sign : uint8_t {
  kUnsure,
  kDigit,
  kPlus,
  kSeparator,  ///< May stand between digits.
  kEdge,       ///< Passed over before the first digit and after the last; between them it depends.
  kForeign,    ///< The same; what holds one between its digits is no number.
  kLetter,
};

struct Character {
  Sign sign = Sign::kUnsure;
  char digit = '0';
  std::size_t bytes = 1;
};

constexpr std::array<Sign, 128> kAscii = [] {
  std::array<Sign, 128> signs{};
  for (const char c : std::string_view("0123456789")) signs[static_cast<std::size_t>(c)] = Sign::kDigit;
  for (const char c : std::string_view(" -./()[]")) signs[static_cast<std::size_t>(c)] = Sign::kSeparator;
  for (const char c : std::string_view("\t:,")) signs[static_cast<std::size_t>(c)] = Sign::kEdge;
  for (const char c : std::string_view("\n\r\"'_<>=|&?!%@$^{}`")) {
    signs[static_cast<std::size_t>(c)] = Sign::kForeign;
  }
  for (char c = 'a'; c <= 'z'; ++c) signs[static_cast<std::size_t>(c)] = Sign::kLetter;
  for (char c = 'A'; c <= 'Z'; ++c) signs[static_cast<std::size_t>(c)] = Sign::kLetter;
  signs['+'] = Sign::kPlus;
  return signs;
}();

/// The zeros of scripts whose digits are met in numbers; nine more follow each.
constexpr unsigned kZeros[] = {0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6,
                               0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x1040, 0x17E0, 0xFF10};

Sign SignOf(unsigned code) {
  const auto is = [code](unsigned from, unsigned to) { return code >= from && code <= to; };
  if (code == 0xFF0B) return Sign::kPlus;
  // NBSP, soft hyphen, zero-width space, word joiner, hyphens and dashes, minus, ideographic space, and the
  // full-width hyphen, full stop, slash and parentheses.
  if (code == 0xA0 || code == 0xAD || code == 0x200B || code == 0x2060 || is(0x2010, 0x2015) ||
      code == 0x2212 || code == 0x3000 || is(0xFF0D, 0xFF0F) || is(0xFF08, 0xFF09)) {
    return Sign::kSeparator;
  }
  // Marks of direction and order.
  const bool mark = is(0x200E, 0x200F) || is(0x202A, 0x202E) || is(0x2066, 0x2069) || code == 0xFEFF;
  return mark ? Sign::kEdge : Sign::kUnsure;
}

Character ReadBeyondAscii(std::string_view text) {
  const auto tail = [text](std::size_t i) { return static_cast<unsigned char>(text[i]) & 0x3FU; };
  const unsigned lead = static_cast<unsigned char>(text[0]);
  unsigned code = 0;
  std::size_t bytes = 0;
  if ((lead & 0xE0) == 0xC0 && text.size() >= 2) {
    code = (lead & 0x1F) << 6 | tail(1);
    bytes = 2;
  } else if ((lead & 0xF0) == 0xE0 && text.size() >= 3) {
    code = (lead & 0x0F) << 12 | tail(1) << 6 | tail(2);
    bytes = 3;
  } else {
    return {};
  }
  for (const unsigned zero : kZeros) {
    if (code >= zero && code < zero + 10) {
      return {.sign = Sign::kDigit, .digit = static_cast<char>('0' + (code - zero)), .bytes = bytes};
    }
  }
  return {.sign = SignOf(code), .digit = '0', .bytes = bytes};
}

Character Read(std::string_view text) {
  const auto c = static_cast<unsigned char>(text[0]);
  if (c >= 0x80) return ReadBeyondAscii(text);
  return {.sign = kAscii[c], .digit = text[0], .bytes = 1};
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// The digit that stands on the same key (ITU-T E.161).
char KeyOf(char letter) {
  constexpr std::string_view kKeys = "22233344455566677778889999";
  return kKeys[static_cast<std::size_t>(Lower(letter) - 'a')];
}

bool StartsWith(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char w, char t) { return w == Lower(t); });
}

/// The extension that all of `text` is: a label, digits, and nothing else but signs that end a sentence.
std::optional<std::string> ReadExtension(std::string_view text) {
  // The longer before what it begins with.
  constexpr std::string_view kLabels[] = {";ext=", "extension", "extn", "ext", "x", "int", "#"};
  const auto* const label = std::find_if(std::begin(kLabels), std::end(kLabels),
                                         [text](std::string_view word) { return StartsWith(text, word); });
  if (label == std::end(kLabels)) return std::nullopt;
  text.remove_prefix(label->size());
  if (label->front() != ';') {
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

/// Whether something in the text could be the label of an extension, or a parameter.
bool MayHoldLabel(std::string_view text) {
  if (text.find_first_of("xX#~*,;\\") != std::string_view::npos) return true;
  for (std::size_t i = 0; i + 3 <= text.size(); ++i) {
    if (StartsWith(text.substr(i), "int")) return true;
  }
  return false;
}

/// Digits, as many as are read.
class Digits {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  bool full() const { return size_ == digits_.size(); }
  void push_back(char digit) { digits_[size_++] = digit; }
  std::string text() const { return {digits_.data(), size_}; }

 private:
  std::array<char, kMostDigits> digits_;
  std::size_t size_ = 0;
};

/// One pass over a text.
class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  std::optional<TypedDigits> Run() {
    for (std::size_t i = 0; i < text_.size();) {
      const Character character = Read(text_.substr(i));
      switch (Take(character, i)) {
        case Next::kGoOn:
          break;
        case Next::kDone:
          return Result();
        case Next::kNoNumber:
          return NoNumber();
        case Next::kUnsure:
          return std::nullopt;
      }
      i += character.bytes;
    }
    return Result();
  }

 private:
  enum class Next : uint8_t { kGoOn, kDone, kNoNumber, kUnsure };

  bool begun() const { return !digits_.empty(); }

  Next Take(const Character& character, std::size_t at) {
    switch (character.sign) {
      case Sign::kDigit:
        return TakeDigit(character.digit);
      case Sign::kPlus:
        if (!begun() && pluses_end_) return Next::kUnsure;
        (begun() ? foreign_ : plus_) = true;
        return Next::kGoOn;
      case Sign::kSeparator:
        pluses_end_ = plus_;
        return Next::kGoOn;
      case Sign::kEdge:
        ended_ = ended_ || begun() || plus_;
        return Next::kGoOn;
      case Sign::kForeign:
        foreign_ = foreign_ || begun();
        ended_ = ended_ || plus_;
        return Next::kGoOn;
      case Sign::kLetter:
        if (!begun()) return plus_ ? Next::kUnsure : Next::kGoOn;
        if (foreign_) return Next::kNoNumber;
        return ended_ ? Next::kUnsure : TakeLetter(at);
      case Sign::kUnsure:
        if (!begun() || foreign_ || ended_ || letters_ > 0) return Next::kUnsure;
        return TakeExtension(at);
    }
    return Next::kUnsure;
  }

  Next TakeDigit(char digit) {
    if (foreign_) return Next::kNoNumber;
    if (ended_ || digits_.full() || keyed_.full()) return Next::kUnsure;
    digits_.push_back(digit);
    if (letters_ > 0) keyed_.push_back(digit);
    return Next::kGoOn;
  }

  Next TakeExtension(std::size_t at) {
    // `/x2` begins a second number.
    const std::size_t before = text_.find_last_not_of(' ', at - 1);
    if (text_[before] == '/') return Next::kUnsure;
    std::optional<std::string> extension = ReadExtension(text_.substr(at));
    if (!extension) return Next::kUnsure;
    extension_ = *std::move(extension);
    return Next::kDone;
  }

  Next TakeLetter(std::size_t at) {
    if (letters_ == 0) {
      if (MayHoldLabel(text_.substr(at))) return TakeExtension(at);
      keyed_ = digits_;
    }
    if (digits_.size() < kFewestDigits) return Next::kNoNumber;
    if (keyed_.full()) return Next::kUnsure;
    ++letters_;
    keyed_.push_back(KeyOf(text_[at]));
    return Next::kGoOn;
  }

  std::optional<TypedDigits> NoNumber() const {
    // A parameter may put other digits before these.
    if (text_.find(';') != std::string_view::npos) return std::nullopt;
    return TypedDigits{.is_number = false, .plus = false, .digits = {}, .extension = {}};
  }

  std::optional<TypedDigits> Result() {
    if (digits_.size() < 2) return NoNumber();
    if (digits_.size() < kFewestDigits) return std::nullopt;
    return TypedDigits{.is_number = true,
                       .plus = plus_,
                       .digits = (letters_ >= kFewestLetters ? keyed_ : digits_).text(),
                       .extension = std::move(extension_)};
  }

  const std::string_view text_;
  Digits digits_;
  Digits keyed_;  ///< From the first letter on: the digits, and those on the keys of letters.
  std::string extension_;
  std::size_t letters_ = 0;
  bool plus_ = false;
  bool pluses_end_ = false;  ///< A separator stood behind the plus.
  bool ended_ = false;       ///< What follows is not simple.
  bool foreign_ = false;     ///< What follows makes it no number.
};

}  // namespace

std::optional<TypedDigits> ReadTypedDigits(std::string_view text) { return Scan(text).Run(); }

}  // namespace limpid::quality

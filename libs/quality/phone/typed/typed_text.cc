#include "libs/quality/phone/typed/typed_text.h"

#include <algorithm>
#include <iterator>

#include "libs/text/unicode.h"

namespace limpid::quality {
namespace {

/// Letters of other scripts that are typed, or left by a reader of scans, for a digit.
constexpr struct {
  std::string_view letter;
  char latin;
} kForeignLookAlikes[] = {{"О", 'o'}, {"о", 'o'}, {"Ο", 'o'}, {"ο", 'o'}, {"І", 'i'},
                          {"і", 'i'}, {"Ӏ", 'l'}, {"ӏ", 'l'}, {"З", '3'}, {"з", '3'}};

/// Signs that may stand inside a number by the plan, that part two numbers, or that rules look for.
constexpr std::string_view kKnownSigns = " +-./()[]~,;&|#=\"'";
constexpr std::string_view kPartingSigns = "/;,&|\n";

bool IsDash(std::string_view character) {
  constexpr std::string_view kDashes[] = {"‐", "‑", "‒", "–", "—", "―", "−"};
  return std::find(std::begin(kDashes), std::end(kDashes), character) != std::end(kDashes);
}

char LatinLookAlike(std::string_view letter) {
  for (const auto& foreign : kForeignLookAlikes) {
    if (foreign.letter == letter) return foreign.latin;
  }
  return kOtherLetter;
}

void AppendAscii(char c, TypedText& typed) {
  if (IsDigit(c)) {
    typed.text.push_back(c);
  } else if (IsLetter(c) && c != kOtherLetter) {
    typed.text.push_back(static_cast<char>(c | 0x20));
    typed.has_letters = true;
  } else if (c == '\n' || c == '\r') {
    typed.text.push_back('\n');
  } else if (c == '\t' || kKnownSigns.find(c) != std::string_view::npos) {
    typed.text.push_back(c == '\t' ? ' ' : c);
    typed.odd_signs = typed.odd_signs || c == ',' || c == ';';
  } else {
    typed.text.push_back(' ');
    typed.odd_signs = true;
  }
}

void AppendOther(std::string_view character, text::CharKind kind, TypedText& typed) {
  if (kind == text::CharKind::kInvisible) return;
  if (kind == text::CharKind::kMark) {
    // The frame of a keycap.
    typed.odd_signs = true;
    return;
  }
  if (kind == text::CharKind::kSpace) {
    typed.text.push_back(' ');
    return;
  }
  if (IsDash(character)) {
    typed.text.push_back('-');
    return;
  }
  const std::string folded = text::Fold(character);
  const bool is_digits = !folded.empty() && std::all_of(folded.begin(), folded.end(), IsDigit);
  if (is_digits || (folded.size() == 1 && text::IsAscii(folded))) {
    // Full-width signs and letters, circled and raised digits.
    for (const char c : folded) AppendAscii(c, typed);
    typed.odd_signs = typed.odd_signs || is_digits;
  } else if (kind == text::CharKind::kLetter) {
    const char latin = LatinLookAlike(character);
    if (IsDigit(latin)) typed.odd_signs = true;
    typed.has_letters = typed.has_letters || IsLetter(latin);
    typed.text.push_back(latin);
  } else {
    typed.text.push_back(' ');
    typed.odd_signs = true;
  }
}

/// The digit that a letter is typed for; 0 for other letters.
char MeantDigit(char letter) {
  switch (letter) {
    case 'o':
      return '0';
    case 'l':
    case 'i':
      return '1';
    case 'z':
      return '2';
    case 's':
      return '5';
    case 'g':
      return '6';
    case 'b':
      return '8';
    default:
      return '\0';
  }
}

/// A run of letters and digits is digits mistyped when nothing but look-alikes stands in it, and letters
/// alone are not enough of them for a word.
bool IsMistypedDigits(std::string_view run) {
  constexpr std::size_t kLongestPair = 2;
  const auto looks_alike = [](char c) { return IsDigit(c) || MeantDigit(c) != '\0'; };
  if (!std::all_of(run.begin(), run.end(), looks_alike)) return false;
  return run.size() <= kLongestPair || std::any_of(run.begin(), run.end(), IsDigit);
}

bool IsRun(char c) { return IsDigit(c) || IsLetter(c); }

}  // namespace

TypedText ReadTyped(std::string_view input) {
  TypedText typed;
  const std::string digits_read = text::IsAscii(input) ? std::string() : text::WithAsciiDigits(input);
  const std::string_view whole = digits_read.empty() ? input : std::string_view(digits_read);
  for (std::size_t i = 0; i < whole.size();) {
    const std::size_t begin = i;
    if (static_cast<unsigned char>(whole[i]) < 0x80) {
      AppendAscii(whole[i++], typed);
    } else {
      const text::CharKind kind = text::NextKind(whole, i);
      AppendOther(whole.substr(begin, i - begin), kind, typed);
    }
  }
  return typed;
}

std::string WithoutLookAlikes(std::string_view text) {
  std::string repaired(text);
  bool changed = false;
  for (std::size_t begin = 0; begin < text.size();) {
    if (!IsRun(text[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < text.size() && IsRun(text[end])) ++end;
    if (IsMistypedDigits(text.substr(begin, end - begin))) {
      for (std::size_t i = begin; i < end; ++i) {
        if (IsDigit(text[i])) continue;
        repaired[i] = MeantDigit(text[i]);
        changed = true;
      }
    }
    begin = end;
  }
  return changed ? repaired : std::string();
}

std::vector<Stretch> Stretches(std::string_view text) {
  const auto begins = [](char c) { return IsDigit(c) || c == '+' || c == '('; };
  const auto parts = [](char c) { return IsLetter(c) || kPartingSigns.find(c) != std::string_view::npos; };
  std::vector<Stretch> stretches;
  std::size_t previous_end = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    if (!begins(text[begin])) {
      ++begin;
      continue;
    }
    Stretch stretch;
    std::size_t last_digit = begin;
    std::size_t end = begin;
    for (; end < text.size() && !parts(text[end]); ++end) {
      if (text[end] == '+' && stretch.digits > 0) break;
      if (!IsDigit(text[end])) continue;
      last_digit = end;
      ++stretch.digits;
    }
    if (stretch.digits > 0) {
      if (stretches.size() == kMostStretches) return {};
      stretch.before = text.substr(previous_end, begin - previous_end);
      // What follows the last digit, such as an opening bracket, belongs to the word behind it.
      stretch.text = text.substr(begin, last_digit + 1 - begin);
      previous_end = last_digit + 1;
      stretches.push_back(stretch);
    }
    begin = std::max(end, begin + 1);
  }
  return stretches;
}

std::string WithoutCommas(std::string_view text) {
  std::string parted(text);
  std::replace_if(
      parted.begin(), parted.end(), [](char c) { return c == ',' || c == ';'; }, ' ');
  return parted;
}

std::string DigitsOf(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), IsDigit);
  return digits;
}

}  // namespace limpid::quality

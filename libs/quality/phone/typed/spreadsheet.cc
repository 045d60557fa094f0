#include "libs/quality/phone/typed/spreadsheet.h"

#include <algorithm>
#include <optional>

#include "libs/base/strings.h"
#include "libs/base/trim.h"
#include "libs/quality/phone/typed/typed_text.h"

namespace limpid::quality {
namespace {

/// More decimals than an amount shows.
constexpr std::size_t kMostDecimals = 2;
/// A number of more digits has no exponent of two digits.
constexpr int kHighestExponent = 17;

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

/// `612,345,678` or `33.612.345.678` without its signs; nothing when it is no amount parted in thousands.
std::optional<std::string> WithoutThousands(std::string_view text, char sign) {
  constexpr std::size_t kGroup = 3;
  std::string digits;
  std::size_t groups = 0;
  while (true) {
    const std::size_t end = std::min(text.find(sign), text.size());
    const std::string_view group = text.substr(0, end);
    const bool first = groups == 0;
    if (!AllDigits(group) || group.size() > kGroup || (!first && group.size() < kGroup)) return std::nullopt;
    digits.append(group);
    ++groups;
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  return groups >= 3 ? std::optional(std::move(digits)) : std::nullopt;
}

bool IsFailedFormula(std::string_view text) {
  constexpr std::string_view kErrors[] = {"#REF!", "#NAME?",   "#VALUE!",  "#NUM!", "#N/A",   "#NULL!",
                                          "#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!", "#DIV/0!"};
  if (text.size() >= 3 && text.find_first_not_of('#') == std::string_view::npos) return true;
  return std::find(std::begin(kErrors), std::end(kErrors), text) != std::end(kErrors);
}

/// `6,12345678` and `8`: as many decimals as the exponent says, else digits were cut off.
SpreadsheetDamage UndoExponent(std::string_view mantissa, std::string_view exponent) {
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  if (!AllDigits(exponent) || exponent.size() > 2) return {};
  const int shift = std::stoi(std::string(exponent));
  if (shift > kHighestExponent) return {};
  const std::size_t point = mantissa.find_first_of(".,");
  const std::string_view whole = mantissa.substr(0, point);
  const std::string_view decimals =
      point == std::string_view::npos ? std::string_view() : mantissa.substr(point + 1);
  if (AllDigits(whole) && (decimals.empty() || AllDigits(decimals))) {
    const bool complete = static_cast<int>(decimals.size()) == shift;
    return {.found = true, .digits = complete ? StrCat(whole, decimals) : std::string()};
  }
  if (shift != 0 || point == std::string_view::npos) return {};
  std::optional<std::string> digits = WithoutThousands(mantissa, mantissa[point]);
  if (!digits) return {};
  return {.found = true, .digits = *std::move(digits)};
}

}  // namespace

SpreadsheetDamage FindSpreadsheetDamage(std::string_view input) {
  std::string_view text = Trim(input);
  if (IsFailedFormula(text)) return {.found = true, .digits = {}};
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || !IsDigit(text[0])) return {};
  if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
    return UndoExponent(text.substr(0, e), text.substr(e + 1));
  }
  for (const char sign : {',', '.', '\''}) {
    if (std::optional<std::string> digits = WithoutThousands(text, sign)) {
      // Dots in groups of three are also how people part a number.
      if (sign == '.') return {};
      return {.found = true, .digits = *std::move(digits)};
    }
  }
  const std::size_t point = text.find_last_of(".,");
  if (point == std::string_view::npos) return {};
  const std::string_view decimals = text.substr(point + 1);
  const bool zeros = !decimals.empty() && decimals.find_first_not_of('0') == std::string_view::npos;
  if (!zeros || decimals.size() > kMostDecimals) return {};
  const std::string_view whole = text.substr(0, point);
  if (AllDigits(whole)) return {.found = true, .digits = std::string(whole)};
  for (const char sign : {',', '.', '\'', ' '}) {
    if (std::optional<std::string> digits = WithoutThousands(whole, sign)) {
      return {.found = true, .digits = *std::move(digits)};
    }
  }
  return {};
}

}  // namespace limpid::quality

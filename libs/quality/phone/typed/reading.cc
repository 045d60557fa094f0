#include "libs/quality/phone/typed/reading.h"

#include <string>

#include "libs/quality/phone/typed/spreadsheet.h"
#include "libs/text/unicode.h"

namespace limpid::quality {
namespace {

/// Longer text is a page, not a field.
constexpr std::size_t kMaxInput = 256;

std::string WithPlainSpaces(std::string_view input) {
  std::string plain;
  plain.reserve(input.size());
  for (std::size_t i = 0; i < input.size();) {
    const std::size_t begin = i;
    const text::CharKind kind = text::NextKind(input, i);
    const bool ascii = i - begin == 1;
    if (ascii || (kind != text::CharKind::kSpace && kind != text::CharKind::kInvisible)) {
      plain.append(input, begin, i - begin);
    } else if (kind == text::CharKind::kSpace) {
      plain.push_back(' ');
    }
  }
  return plain;
}

bool IsDecimalsOfAmount(const PlannedNumber& number, std::string_view input) {
  return number.extension.find_first_not_of('0') == std::string::npos && FindSpreadsheetDamage(input).found;
}

/// `0612345678;0142685300`: the plan takes the second number for an extension of the first.
bool IsSecondNumber(const NumberPlan& plan, const PlannedNumber& number, std::string_view region) {
  constexpr std::size_t kMostExtensionDigits = 6;
  return number.extension.size() > kMostExtensionDigits && plan.Read(number.extension, region).valid();
}

}  // namespace

PlannedNumber ReadAsTyped(const NumberPlan& plan, std::string_view input, std::string_view region) {
  PlannedNumber number = plan.Read(input, region);
  if (number.valid()) {
    if (number.extension.empty()) return number;
    if (IsDecimalsOfAmount(number, input)) number.extension.clear();
    if (IsSecondNumber(plan, number, region)) return {.fault = phone_reason::kTooLong};
    return number;
  }
  if (input.size() > kMaxInput || text::IsAscii(input) || !text::IsValidUtf8(input)) return number;
  const std::string plain = WithPlainSpaces(input);
  if (plain == input) return number;
  PlannedNumber again = plan.Read(plain, region);
  return again.valid() ? again : number;
}

}  // namespace limpid::quality

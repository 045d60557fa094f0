#include "libs/quality/phone/placeholder.h"

#include <algorithm>

namespace limpid::quality {
namespace {

constexpr std::size_t kShortest = 7;

bool IsOneDigit(std::string_view digits) {
  return digits.find_first_not_of(digits.front()) == std::string_view::npos;
}

/// Each digit one more, or each one less, than the digit before; 0 follows 9.
bool IsCounting(std::string_view digits) {
  const auto steps_by = [digits](int step) {
    return std::adjacent_find(digits.begin(), digits.end(), [step](char a, char b) {
             return (a - '0' + step + 10) % 10 != b - '0';
           }) == digits.end();
  };
  return steps_by(1) || steps_by(-1);
}

/// `606060606`, which is dialled `06 06 06 06 06`: the trunk zero and the first digit, over and over.
bool IsPairWithTrunkZero(std::string_view digits) {
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] != (i % 2 == 0 ? digits[0] : '0')) return false;
  }
  return digits.size() % 2 == 1;
}

}  // namespace

void ApplyPlaceholder(const PhoneFacts& facts, PhoneVerdict& verdict) {
  const std::string_view digits = facts.number.national_digits;
  if (digits.size() < kShortest) return;
  if (!IsOneDigit(digits) && !IsOneDigit(digits.substr(1)) && !IsCounting(digits) &&
      !IsPairWithTrunkZero(digits)) {
    return;
  }
  AddFlag(verdict, phone_flag::kPlaceholder);
  AddReason(verdict, phone_reason::kPlaceholder);
}

}  // namespace limpid::quality

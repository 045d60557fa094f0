#include "libs/quality/phone/placeholder.h"

#include <algorithm>
#include <string>

#include "libs/quality/phone/typed/typed_text.h"

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

/// `102030405`, which is dialled `01 02 03 04 05`: each pair one more, or one less, than the pair before.
bool CountsByPairsWithTrunkZero(std::string_view digits) {
  if (digits.size() % 2 == 0) return false;
  const auto pair = [digits](std::size_t i) {
    return (i == 0 ? 0 : 10 * (digits[2 * i - 1] - '0')) + digits[2 * i] - '0';
  };
  const int step = pair(1) - pair(0);
  if (step != 1 && step != -1) return false;
  for (std::size_t i = 2; i <= digits.size() / 2; ++i) {
    if (pair(i) - pair(i - 1) != step) return false;
  }
  return true;
}

}  // namespace

void ApplyPlaceholder(const PhoneFacts& facts, PhoneVerdict& verdict) {
  // What the plan makes of digits that are no number may be a part of them.
  const std::string typed = facts.number.valid() ? std::string() : DigitsOf(facts.input);
  std::string_view digits = facts.number.valid() ? std::string_view(facts.number.national_digits) : typed;
  if (!facts.number.valid() && digits.starts_with('0')) digits.remove_prefix(1);
  if (digits.size() < kShortest) return;
  if (!IsOneDigit(digits) && !IsOneDigit(digits.substr(1)) && !IsCounting(digits) &&
      !IsPairWithTrunkZero(digits) && !CountsByPairsWithTrunkZero(digits)) {
    return;
  }
  AddFlag(verdict, phone_flag::kPlaceholder);
  AddReason(verdict, phone_reason::kPlaceholder);
}

}  // namespace limpid::quality

#include "libs/quality/phone/listed_range.h"

namespace limpid::quality {
namespace {

/// In North America 555-0100 to 555-0199 of every area code is kept for fiction.
bool IsNorthAmericanFiction(const PlannedNumber& number) {
  const std::string_view digits = number.national_digits;
  return number.calling_code == 1 && digits.size() == 10 && digits.substr(3, 5) == "55501";
}

}  // namespace

void ApplyListedRange(const PhoneFacts& facts, PhoneVerdict& verdict) {
  if (facts.number.calling_code == 0) return;
  const std::string e164 = facts.number.E164();
  for (const NumberRange* range : facts.ranges.Find(std::string_view(e164).substr(1))) {
    AddFlag(verdict, range->flag);
  }
  if (IsNorthAmericanFiction(facts.number)) AddFlag(verdict, phone_flag::kFictional);
  if (verdict.HasFlag(phone_flag::kFictional)) AddReason(verdict, phone_reason::kFictional);
}

}  // namespace limpid::quality

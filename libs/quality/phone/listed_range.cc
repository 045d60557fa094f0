#include "libs/quality/phone/listed_range.h"

namespace limpid::quality {

void ApplyListedRange(const PhoneFacts& facts, PhoneVerdict& verdict) {
  if (facts.number.calling_code == 0) return;
  for (const std::string_view flag :
       facts.ranges.FlagsOf(facts.number.calling_code, facts.number.national_digits)) {
    AddFlag(verdict, flag);
    if (flag == phone_flag::kFictional) AddReason(verdict, phone_reason::kFictional);
    if (flag == phone_flag::kPlaceholder) AddReason(verdict, phone_reason::kPlaceholder);
  }
}

}  // namespace limpid::quality

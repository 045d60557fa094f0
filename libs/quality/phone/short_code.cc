#include "libs/quality/phone/short_code.h"

#include <string>

namespace limpid::quality {

void ApplyShortCode(const PhoneFacts& facts, PhoneVerdict& verdict) {
  constexpr std::size_t kLongest = 6;
  if (facts.number.valid() || facts.region.empty() || facts.input.size() > 2 * kLongest) return;
  std::string digits;
  for (const char c : facts.input) {
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
    } else if (c != ' ' && c != '.' && c != '-') {
      return;
    }
  }
  if (digits.size() < 2 || digits.size() > kLongest) return;
  switch (facts.plan.ReadShortNumber(digits, facts.region)) {
    case ShortNumber::kEmergency:
      AddFlag(verdict, phone_flag::kEmergency);
      AddFlag(verdict, phone_flag::kShortCode);
      break;
    case ShortNumber::kShortCode:
      AddFlag(verdict, phone_flag::kShortCode);
      break;
    case ShortNumber::kNone:
      break;
  }
}

}  // namespace limpid::quality

#include "libs/quality/phone/short_code.h"

#include <string>

#include "libs/quality/phone/typed/typed_text.h"
#include "libs/text/unicode.h"

namespace limpid::quality {

void ApplyShortCode(const PhoneFacts& facts, PhoneVerdict& verdict) {
  constexpr std::size_t kLongest = 6;
  // Room for signs, and for digits of three bytes.
  constexpr std::size_t kLongestInput = 4 * kLongest;
  if (facts.number.valid() || facts.region.empty() || facts.input.size() > kLongestInput) return;
  if (!text::IsValidUtf8(facts.input)) return;
  const TypedText typed = ReadTyped(facts.input);
  if (typed.has_letters || typed.text.find('+') != std::string::npos) return;
  const std::string digits = DigitsOf(typed.text);
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

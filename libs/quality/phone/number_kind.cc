#include "libs/quality/phone/number_kind.h"

namespace limpid::quality {
namespace {

struct Kind {
  PhoneType type;
  std::string_view flag;
  CanReceive sms;
  CanReceive voice;
};

using enum CanReceive;
constexpr Kind kKinds[] = {
    {PhoneType::kFixedLine, {}, kNo, kYes},
    {PhoneType::kMobile, {}, kYes, kYes},
    {PhoneType::kFixedLineOrMobile, {}, kMaybe, kYes},
    {PhoneType::kTollFree, phone_flag::kTollFree, kNo, kYes},
    {PhoneType::kPremiumRate, phone_flag::kPremium, kNo, kYes},
    {PhoneType::kSharedCost, phone_flag::kSharedCost, kNo, kYes},
    {PhoneType::kVoip, phone_flag::kVoip, kMaybe, kYes},
    {PhoneType::kPersonalNumber, {}, kMaybe, kYes},
    {PhoneType::kPager, phone_flag::kPager, kMaybe, kNo},
    {PhoneType::kUan, phone_flag::kUan, kNo, kYes},
    {PhoneType::kVoicemail, phone_flag::kVoicemail, kNo, kYes},
};

}  // namespace

void ApplyNumberKind(const PhoneFacts& facts, PhoneVerdict& verdict) {
  if (!facts.number.valid()) return;
  verdict.line_type = Name(facts.number.type);
  if (!facts.number.extension.empty()) AddReason(verdict, phone_reason::kHasExtension);
  for (const Kind& kind : kKinds) {
    if (kind.type != facts.number.type) continue;
    if (!kind.flag.empty()) AddFlag(verdict, kind.flag);
    verdict.sms = kind.sms;
    verdict.voice = kind.voice;
  }
}

}  // namespace limpid::quality

#include "libs/quality/phone/registry.h"

#include "libs/quality/phone/listed_range.h"
#include "libs/quality/phone/number_kind.h"
#include "libs/quality/phone/placeholder.h"
#include "libs/quality/phone/repair.h"
#include "libs/quality/phone/second_look.h"
#include "libs/quality/phone/short_code.h"

namespace limpid::quality {

std::span<const RegisteredPhoneRule> PhoneRuleRegistry() {
  static constexpr RegisteredPhoneRule kRules[] = {
      {"number_kind", ApplyNumberKind},
      {"listed_range", ApplyListedRange},
      {"placeholder", ApplyPlaceholder},
      {"second_look", ApplySecondLook},
      {"short_code", ApplyShortCode},
      // Last: a short code or a fictional number wants no repair.
      {"repair", ApplyRepair},
  };
  return kRules;
}

}  // namespace limpid::quality

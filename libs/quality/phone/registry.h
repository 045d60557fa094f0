#pragma once

#include <span>
#include <string_view>

#include "libs/quality/phone/rule.h"

namespace limpid::quality {

struct RegisteredPhoneRule {
  std::string_view name;
  PhoneRule apply;
};

/// Every FAST phone rule in the order in which they run.
std::span<const RegisteredPhoneRule> PhoneRuleRegistry();

}  // namespace limpid::quality

#pragma once

#include <span>
#include <string_view>

#include "libs/quality/email/rule.h"

namespace limpid::quality {

struct RegisteredEmailRule {
  std::string_view name;
  EmailRule apply;
};

/// Every FAST e-mail rule in the order in which they run.
std::span<const RegisteredEmailRule> EmailRuleRegistry();

}  // namespace limpid::quality

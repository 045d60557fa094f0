#pragma once

#include "libs/quality/phone/rule.h"

namespace limpid::quality {

/// What the type of a valid number means: flags, line type, and whether it can take calls and messages. Says
/// HAS_EXTENSION where there is one.
void ApplyNumberKind(const PhoneFacts& facts, PhoneVerdict& verdict);

}  // namespace limpid::quality

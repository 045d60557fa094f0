#pragma once

#include "libs/quality/phone/rule.h"

namespace limpid::quality {

/// Flags what works inside the default region only: `112`, `3639`, `118 218`.
void ApplyShortCode(const PhoneFacts& facts, PhoneVerdict& verdict);

}  // namespace limpid::quality

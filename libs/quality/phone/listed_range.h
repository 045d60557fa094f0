#pragma once

#include "libs/quality/phone/rule.h"

namespace limpid::quality {

/// Flags numbers of ranges with a meaning of their own: films and books, canvassing, platforms,
/// machines, digits typed along the keys. A
/// fictional number that the plan rejects is called fictional all the same.
void ApplyListedRange(const PhoneFacts& facts, PhoneVerdict& verdict);

}  // namespace limpid::quality

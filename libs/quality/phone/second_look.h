#pragma once

#include "libs/quality/phone/rule.h"

namespace limpid::quality {

/// What is doubtful about a number that is valid: a letter that looks like a digit and was dropped
/// (`O6 12 34 56 78`, `33 1 42 68 53 OO`), a range that the plan gives to mainland France though it lies
/// overseas (`0596…`), an amount of a spreadsheet (`612345678,00`). The number stays valid; where another was
/// meant it is proposed. A number of digits alone pays for one look at its beginning.
void ApplySecondLook(const PhoneFacts& facts, PhoneVerdict& verdict);

}  // namespace limpid::quality

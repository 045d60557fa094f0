#pragma once

#include "libs/quality/phone/rule.h"

namespace limpid::quality {

/// Flags numbers that people type to pass a form: one digit throughout (`0666666666`, `0611111111`,
/// `0600000000`), one pair throughout (`0606060606`), counting from the first digit or pair on
/// (`0123456789`, `0987654321`, `01 02 03 04 05`). `0612345678` is none of them: somebody has it.
void ApplyPlaceholder(const PhoneFacts& facts, PhoneVerdict& verdict);

}  // namespace limpid::quality

#pragma once

#include "libs/quality/email/rule.h"

namespace limpid::quality {

/// Flags domains where anybody can have a mailbox, so that the domain says nothing of an employer. No reason:
/// a free mailbox is as good as another.
void ApplyFreeProvider(const EmailFacts& facts, EmailVerdict& verdict);

}  // namespace limpid::quality

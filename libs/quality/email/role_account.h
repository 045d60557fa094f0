#pragma once

#include "libs/quality/email/rule.h"

namespace limpid::quality {

/// RISKY for mailboxes of a function (`facturation@`, `info@`), and the flag for those that nobody reads.
void ApplyRoleAccount(const EmailFacts& facts, EmailVerdict& verdict);

}  // namespace limpid::quality

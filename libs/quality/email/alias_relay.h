#pragma once

#include "libs/quality/email/rule.h"

namespace limpid::quality {

/// RISKY for relays whose addresses stand for a mailbox elsewhere: they reach a person, who can switch them
/// off. A class of its own, apart from disposable mailboxes.
void ApplyAliasRelay(const EmailFacts& facts, EmailVerdict& verdict);

}  // namespace limpid::quality

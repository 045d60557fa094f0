#pragma once

#include "libs/quality/email/rule.h"

namespace limpid::quality {

/// Flags `+tag` addresses (RFC 5233): mail arrives in the mailbox without the tag.
void ApplyTaggedAddress(const EmailFacts& facts, EmailVerdict& verdict);

}  // namespace limpid::quality

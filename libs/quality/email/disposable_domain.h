#pragma once

#include "libs/quality/email/rule.h"

namespace limpid::quality {

/// RISKY for domains that hand out throw-away mailboxes. Looks at the domain and at each parent, so that
/// `a.mailinator.com` is found by `mailinator.com`; public suffixes are never in the list. An allowed domain
/// or an alias relay outranks the lists, for itself and for all below it.
void ApplyDisposableDomain(const EmailFacts& facts, EmailVerdict& verdict);

}  // namespace limpid::quality

#pragma once

#include "libs/quality/email/rule.h"

namespace limpid::quality {

/// UNDELIVERABLE for names that are never delegated: `.test`, `.invalid`, `.localhost`, `.local`, `.onion` …
/// The documentation domains `example.com`, `.net` and `.org` are not among them: they exist, and RFC 6761
/// §6.5 asks programs to treat them like any other. Their null MX speaks at depth STANDARD.
void ApplyReservedDomain(const EmailFacts& facts, EmailVerdict& verdict);

}  // namespace limpid::quality

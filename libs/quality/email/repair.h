#pragma once

#include <optional>
#include <string_view>

#include "libs/quality/email/email_lists.h"
#include "libs/quality/email/known_domains.h"
#include "libs/quality/email/verdict.h"

namespace limpid::quality {

/// The address that was probably meant by text that is none: white space, comments, invisible characters, a
/// name or `mailto:` around it, a comma for a dot, doubled or stray dots, a missing @ or dot before a
/// well-known provider. Absent when the repair would be a guess.
std::optional<EmailSuggestion> RepairAddress(std::string_view input, const EmailLists& lists,
                                             const KnownDomains* known = nullptr);

}  // namespace limpid::quality

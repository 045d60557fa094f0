#pragma once

#include <string>
#include <string_view>

#include "libs/quality/email/address.h"
#include "libs/quality/email/domain_table.h"
#include "libs/quality/email/email_lists.h"
#include "libs/quality/email/known_domains.h"
#include "libs/quality/email/verdict.h"

namespace limpid::quality {

/// What every rule looks at: the address, and what the lists say of its domain and parents.
struct EmailFacts {
  const EmailAddress& address;
  const EmailLists& lists;
  const DomainTable::Chain& domain;
  std::string_view mailbox;  ///< The local part without its tag.
  bool tagged = false;
  const KnownDomains* known_domains = nullptr;  ///< A tenant's own; may be null.
};

/// A FAST rule: adds reasons, flags, evidence or a suggestion to the verdict. Runs for addresses without a
/// fault of syntax. Takes no lock and does not throw.
using EmailRule = void (*)(const EmailFacts& facts, EmailVerdict& verdict);

/// Writes into the evidence what a list says.
void AddListEvidence(EmailVerdict& verdict, std::string_view list, std::string_view entry);

}  // namespace limpid::quality

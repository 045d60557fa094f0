#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/quality/email/known_domains.h"
#include "libs/quality/email/rule.h"

namespace limpid::quality {

struct DomainGuess {
  std::string domain;
  double confidence = 0;
  SuggestionKind kind = SuggestionKind::kDomain;
};

/// From this confidence on a guess is a reason against the address; below it is only a suggestion.
inline constexpr double kSureGuess = 0.8;

/// The domain that was probably meant; absent for domains that are known to be meant as typed. A slip is
/// weighed by its kind (swapped, doubled, neighbouring key …), by the length of the name, since in a short
/// one every letter makes another company, and by whether the typed top-level domain exists.
/// `known` adds the domains of a tenant.
std::optional<DomainGuess> GuessDomain(const DomainTable::Chain& domain, const EmailLists& lists,
                                       const KnownDomains* known = nullptr);

/// RISKY for a domain that looks like a slip of a well-known provider's or has a top-level domain that does
/// not exist; the suggestion keeps the local part as typed. Outranks DISPOSABLE, because squatters collect
/// mail on mistyped domains.
void ApplyDomainTypo(const EmailFacts& facts, EmailVerdict& verdict);

}  // namespace limpid::quality

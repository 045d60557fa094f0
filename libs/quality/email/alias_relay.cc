#include "libs/quality/email/alias_relay.h"

namespace limpid::quality {

void ApplyAliasRelay(const EmailFacts& facts, EmailVerdict& verdict) {
  for (std::size_t i = 0; i < facts.domain.size; ++i) {
    if ((facts.domain.links[i].marks & kMarkAliasRelay) == 0) continue;
    verdict.flags.alias_relay = true;
    verdict.reasons.push_back(email_reason::kAliasRelay);
    AddListEvidence(verdict, "alias_relays", facts.domain.links[i].domain);
    return;
  }
}

}  // namespace limpid::quality

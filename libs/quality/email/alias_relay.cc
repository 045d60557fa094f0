#include "libs/quality/email/alias_relay.h"

namespace limpid::quality {

void ApplyAliasRelay(const EmailFacts& facts, EmailVerdict& verdict) {
  const std::string_view relay = facts.domain.FindMarked(kMarkAliasRelay);
  if (relay.empty()) return;
  verdict.flags.alias_relay = true;
  verdict.reasons.push_back(email_reason::kAliasRelay);
  AddListEvidence(verdict, "alias_relays", relay);
}

}  // namespace limpid::quality

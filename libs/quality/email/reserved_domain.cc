#include "libs/quality/email/reserved_domain.h"

namespace limpid::quality {

void ApplyReservedDomain(const EmailFacts& facts, EmailVerdict& verdict) {
  const std::string_view reserved = facts.domain.FindMarked(kMarkReserved);
  if (reserved.empty()) return;
  verdict.reasons.push_back(email_reason::kReservedDomain);
  AddListEvidence(verdict, "reserved_domains", reserved);
}

}  // namespace limpid::quality

#include "libs/quality/email/reserved_domain.h"

namespace limpid::quality {

void ApplyReservedDomain(const EmailFacts& facts, EmailVerdict& verdict) {
  for (std::size_t i = 0; i < facts.domain.size; ++i) {
    if ((facts.domain.links[i].marks & kMarkReserved) == 0) continue;
    verdict.reasons.push_back(email_reason::kReservedDomain);
    AddListEvidence(verdict, "reserved_domains", facts.domain.links[i].domain);
    return;
  }
}

}  // namespace limpid::quality

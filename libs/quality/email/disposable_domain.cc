#include "libs/quality/email/disposable_domain.h"

namespace limpid::quality {

void ApplyDisposableDomain(const EmailFacts& facts, EmailVerdict& verdict) {
  if (facts.domain.AnyMarks() & (kMarkAllowed | kMarkAliasRelay)) return;
  for (std::size_t i = 0; i < facts.domain.size; ++i) {
    if ((facts.domain.links[i].marks & kMarkDisposable) == 0) continue;
    verdict.flags.disposable = true;
    verdict.reasons.push_back(email_reason::kDisposable);
    AddListEvidence(verdict, "disposable", facts.domain.links[i].domain);
    return;
  }
}

}  // namespace limpid::quality

#include "libs/quality/email/disposable_domain.h"

namespace limpid::quality {

void ApplyDisposableDomain(const EmailFacts& facts, EmailVerdict& verdict) {
  if (facts.domain.AnyMarks() & (kMarkAllowed | kMarkAliasRelay)) return;
  const std::string_view listed = facts.domain.FindMarked(kMarkDisposable);
  if (listed.empty()) return;
  verdict.flags.disposable = true;
  verdict.reasons.push_back(email_reason::kDisposable);
  AddListEvidence(verdict, "disposable", listed);
}

}  // namespace limpid::quality

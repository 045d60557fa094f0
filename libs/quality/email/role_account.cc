#include "libs/quality/email/role_account.h"

namespace limpid::quality {

void ApplyRoleAccount(const EmailFacts& facts, EmailVerdict& verdict) {
  verdict.flags.no_reply = facts.lists.IsNoReply(facts.mailbox);
  verdict.flags.role = verdict.flags.no_reply || facts.lists.IsRole(facts.mailbox);
  if (!verdict.flags.role) return;
  verdict.reasons.push_back(email_reason::kRole);
  AddListEvidence(verdict, verdict.flags.no_reply ? "no_reply_words" : "role_words", facts.mailbox);
}

}  // namespace limpid::quality

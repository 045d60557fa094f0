#include "libs/quality/email/role_account.h"

#include "libs/text/unicode.h"

namespace limpid::quality {

void ApplyRoleAccount(const EmailFacts& facts, EmailVerdict& verdict) {
  const EmailLists::Mailbox mailbox = facts.lists.MailboxOf(facts.mailbox);
  if (mailbox == EmailLists::Mailbox::kPersonal) return;
  verdict.flags.role = true;
  verdict.flags.no_reply = mailbox == EmailLists::Mailbox::kNoReply;
  verdict.reasons.push_back(email_reason::kRole);
  AddListEvidence(verdict, verdict.flags.no_reply ? "no_reply_words" : "role_words",
                  text::Lower(facts.mailbox));
}

}  // namespace limpid::quality

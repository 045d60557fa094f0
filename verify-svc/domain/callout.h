#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

#include "libs/quality/email/verdict.h"
#include "verify-svc/domain/mail_domain.h"

namespace limpid::verify {

/// A mailbox to ask a mail server for.
struct CalloutRecipient {
  std::string address;  ///< What goes into RCPT TO: domain as A-labels, local part as typed.
  bool needs_smtputf8 = false;
};

/// The mailboxes of one domain, asked in as few SMTP sessions as its servers admit.
struct CalloutQuery {
  std::string domain;  ///< A-labels in lower case.
  MailDomain mail;     ///< kHasHosts.
  std::vector<CalloutRecipient> recipients;
};

/// What a mail server said about one mailbox. `reason` is one of email_reason: MAILBOX_EXISTS, CATCH_ALL,
/// MAILBOX_FULL, MAILBOX_NOT_FOUND, MAILBOX_DISABLED, SMTPUTF8_UNSUPPORTED, or whatever makes it UNKNOWN
/// (GREYLISTED, BLOCKED, TIMEOUT …). Only a refusal that speaks of the recipient is evidence against it.
struct CalloutAnswer {
  std::string_view reason;
  quality::Ternary catch_all = quality::Ternary::kUnknown;
  std::optional<absl::Duration> retry_after;     ///< When asking again can help.
  std::vector<quality::EmailEvidence> evidence;  ///< Its steps in order; addresses masked.
};

}  // namespace limpid::verify

#pragma once

#include <vector>

#include "libs/base/call.h"
#include "verify-svc/domain/callout.h"

namespace limpid::verify {

/// Asks mail servers whether mailboxes exist, without ever sending mail: RCPT TO and no DATA. Thread-safe.
class MailboxCallout {
 public:
  virtual ~MailboxCallout() = default;
  /// As many answers as recipients, in their order. Whatever goes wrong with a server or with us is an answer
  /// (NO_CONNECT, BLOCKED, RATE_LIMITED, SMTP_UNAVAILABLE …) and no error; the deadline of the call too
  /// (TIMEOUT, BUDGET_SPENT), with what was learned before it. The only error is CANCELLED. `done` may run on
  /// a thread of the network and must not block.
  virtual void Ask(const Call& call, CalloutQuery query, Done<std::vector<CalloutAnswer>> done) = 0;
};

}  // namespace limpid::verify

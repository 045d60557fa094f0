#pragma once

#include <string>

#include "libs/base/call.h"
#include "verify-svc/domain/mail_domain.h"

namespace limpid::verify {

/// Asks the DNS who takes mail for a domain. Thread-safe.
class MailDomainLookup {
 public:
  virtual ~MailDomainLookup() = default;
  /// `domain` as A-labels in lower case. `done` may run on a thread of the network and must not block. What
  /// the DNS does not say is a state of the answer (kTimeout, kError); the only errors are CANCELLED, and
  /// DEADLINE_EXCEEDED when the call is over before anything was asked.
  virtual void Find(const Call& call, const std::string& domain, Done<MailDomain> done) = 0;
};

}  // namespace limpid::verify

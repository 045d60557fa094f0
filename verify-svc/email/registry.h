#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/base/timers.h"
#include "libs/redis/cache.h"
#include "libs/redis/key_hasher.h"
#include "verify-svc/app/email_check.h"
#include "verify-svc/app/mail_domain_lookup.h"
#include "verify-svc/app/mailbox_callout.h"

namespace limpid::verify {

/// What a check may be built with.
struct EmailCheckParts {
  MailDomainLookup& mail_domains;
  MailboxCallout* callout;  ///< Null where mail servers are not asked.
  redis::Cache& cache;
  const redis::KeyHasher& hasher;
  Timers& timers;
  const Clock& clock;
};

struct RegisteredEmailCheck {
  std::string_view name;
  /// Null when what it needs is not there.
  std::unique_ptr<EmailCheck> (*make)(const EmailCheckParts& parts);
};

/// The checks of addresses that use the network, in their order.
std::span<const RegisteredEmailCheck> EmailCheckRegistry();

/// All that can be made with the parts.
std::vector<std::unique_ptr<EmailCheck>> MakeEmailChecks(const EmailCheckParts& parts);

}  // namespace limpid::verify

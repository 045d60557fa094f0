#pragma once

#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "libs/base/outstanding.h"
#include "libs/base/timers.h"
#include "libs/redis/cache.h"
#include "libs/redis/key_hasher.h"
#include "libs/redis/single_flight.h"
#include "verify-svc/app/email_check.h"
#include "verify-svc/app/mailbox_callout.h"

namespace limpid::verify {

/// DEEP: whether the mail server takes mail for the mailbox, for tenants that allow asking.
///
/// What a server said is kept by address; an address that many ask for at once is asked for once, and the
/// addresses of a domain that are asked for together go into one question.
class MailboxCheck final : public EmailCheck {
 public:
  MailboxCheck(MailboxCallout& callout, redis::Cache& cache, const redis::KeyHasher& hasher, Timers& timers,
               const Clock& clock);

  Depth depth() const override { return Depth::kDeep; }
  void Run(const Call& call, EmailCases& cases, Finished finished) override;

 private:
  using Answer = std::shared_ptr<const CalloutAnswer>;
  class Asking;

  MailboxCallout& callout_;
  redis::Cache& cache_;
  const redis::KeyHasher& hasher_;
  Timers& timers_;
  const Clock& clock_;
  redis::SingleFlight<Answer> flights_;
  Outstanding outstanding_;
};

}  // namespace limpid::verify

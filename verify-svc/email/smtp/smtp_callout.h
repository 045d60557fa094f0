#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/metrics.h"
#include "libs/base/mutex.h"
#include "libs/base/random.h"
#include "libs/redis/quota.h"
#include "verify-svc/app/mailbox_callout.h"
#include "verify-svc/email/smtp/callout_memory.h"
#include "verify-svc/email/smtp/politeness.h"
#include "verify-svc/email/smtp/port_probe.h"
#include "verify-svc/email/smtp/provider_quirks.h"
#include "verify-svc/email/smtp/reply_rules.h"
#include "verify-svc/email/smtp/session.h"

namespace limpid::verify {

class CalloutDesk;

/// Asks mail servers by SMTP: the mailbox first, and where the domain may be a catch-all a mailbox that
/// nobody has, in a transaction of its own.
///
/// Mailboxes of a domain share sessions: one that is open takes the next question too. Each provider is asked
/// within its limits (politeness.h); who would wait past his deadline is told so at once. One thread does all
/// of it. Thread-safe.
class SmtpCallout final : public MailboxCallout {
 public:
  struct Options {
    SmtpSession::Settings session;
    Politeness::Limits limits;
    PortProbe::Options probe;
    std::string proxy;  ///< For all providers, in libcurl's spelling; empty: none.
    /// For single ones: registrable domain of the mail host and proxy.
    std::vector<std::pair<std::string, std::string>> provider_proxies;
    std::size_t max_waiting = 10'000;  ///< Mailboxes.
    /// How long a session waits for one more question of its domain: longer than the rate lets the next one
    /// wait.
    absl::Duration linger = absl::Seconds(2);
  };
  struct Parts {
    std::shared_ptr<const Snapshot<ReplyRules>> rules;
    std::shared_ptr<const Snapshot<ProviderQuirks>> quirks;
    std::shared_ptr<CalloutMemory> memory;
    redis::SharedTokenBucket& rate;
    /// The registrable domain of a host; empty where it has none. From any thread.
    std::function<std::string(std::string_view host)> registrable_domain;
    MetricsRegistry& metrics;
    Random& random = SecureRandom();
    const Clock& clock = SystemClock();
  };

  SmtpCallout(Options options, Parts parts);
  /// Stops.
  ~SmtpCallout() override;
  SmtpCallout(const SmtpCallout&) = delete;
  SmtpCallout& operator=(const SmtpCallout&) = delete;

  void Ask(const Call& call, CalloutQuery query, Done<std::vector<CalloutAnswer>> done) override;
  /// Ends every question with CANCELLED, and from then on each at once. Not from a callback.
  void Stop();

 private:
  const std::shared_ptr<CalloutDesk> desk_;
};

}  // namespace limpid::verify

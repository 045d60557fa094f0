#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/base/metrics.h"
#include "libs/base/mutex.h"
#include "libs/base/outstanding.h"
#include "libs/base/timers.h"
#include "verify-svc/email/dns/alias_following.h"
#include "verify-svc/email/dns/resolver.h"

namespace limpid::verify::dns {

/// Looks whether the name that we say to mail servers leads to an address whose own name it is
/// (forward-confirmed reverse DNS), at once and from then on every interval. Many servers refuse a host
/// without it; nothing of ours waits for it or hangs on it: where it fails the log and a gauge say so.
///
/// What the DNS does not answer leaves the gauge as it is; a name without a dot is not looked up. Ends when
/// `resolver` has answered: stop that first. `resolver` and `timers` must outlive it.
class OwnNameCheck {
 public:
  struct Options {
    std::string name;  ///< A-labels in lower case.
    absl::Duration interval = absl::Hours(1);
  };

  OwnNameCheck(Options options, Resolver& resolver, Timers& timers, MetricsRegistry& metrics,
               const Clock& clock = SystemClock());
  ~OwnNameCheck();
  OwnNameCheck(const OwnNameCheck&) = delete;
  OwnNameCheck& operator=(const OwnNameCheck&) = delete;

 private:
  struct Look;
  using LookPtr = std::shared_ptr<Look>;

  void Begin();
  void TakeAddresses(const LookPtr& look, const Answer& answer);
  void TakeNames(const LookPtr& look, const Answer& answer);
  void Arrived(Look& look);

  const Options options_;
  Resolver& resolver_;
  Timers& timers_;
  const Clock& clock_;
  Gauge unconfirmed_;
  Mutex mutex_;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  Timers::Id timer_ ABSL_GUARDED_BY(mutex_);
  Outstanding outstanding_;
};

}  // namespace limpid::verify::dns

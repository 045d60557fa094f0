#pragma once

#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/base/random.h"
#include "libs/base/sliding_counts.h"

namespace limpid {

/// Whether a failed call to a peer is tried again, and after how long. One for each peer, shared by all calls
/// to it, so that the budget holds for them together; one layer retries, not each.
///
/// Tried again are UNAVAILABLE, and RESOURCE_EXHAUSTED when the peer said after how long (RetryInfo):
/// AIP-194. DEADLINE_EXCEEDED never, since the caller has no time left either. Whether the call may be
/// repeated at all is for the caller to know: a write only with an idempotency key. Sleeps nothing itself;
/// the caller waits as it pleases. Thread-safe.
class RetryPolicy {
 public:
  struct Options {
    int max_retries = 2;  ///< Attempts beyond the first.
    absl::Duration initial_delay = absl::Milliseconds(20);
    absl::Duration max_delay = absl::Seconds(1);
    double multiplier = 2;
    double budget = 0.1;                ///< Retries for each request, over the last ten seconds …
    double min_retries_per_second = 1;  ///< … and these besides, so that a quiet peer gets any at all.
  };

  explicit RetryPolicy(Options options, const Clock& clock = SystemClock(), Random& random = SecureRandom());

  /// Notes a request (not its retries): what the budget is a part of.
  void CountRequest();
  /// How long to wait before the next attempt, or nothing: give `status` to the caller. `attempts` is how
  /// many were made, 1 after the first. Nothing when the call's deadline would pass in the wait.
  std::optional<absl::Duration> NextDelay(int attempts, const absl::Status& status, const Call& call);

 private:
  bool SpendBudget();

  const Options options_;
  const Clock& clock_;
  Random& random_;
  Mutex mutex_;
  SlidingCounts counts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid

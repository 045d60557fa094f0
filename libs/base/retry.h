#pragma once

#include <optional>

#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/base/random.h"
#include "libs/base/sliding_counts.h"

namespace limpid {

/// Whether what has failed is done again, and after how long. One for each peer, shared by all calls to it,
/// so that the budget holds for them together; one layer retries, not each.
///
/// That the failure may pass and that the work may be done twice is for the caller to know: a write only when
/// it was undone, or under an idempotency key. Sleeps nothing itself; the caller waits as it pleases.
/// Thread-safe.
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
  /// How long to wait before the next attempt, or nothing: the failure is the answer. `attempts` is how many
  /// were made, 1 after the first. Nothing when the call's deadline would pass in the wait.
  std::optional<absl::Duration> NextDelay(int attempts, const Call& call);

 private:
  bool SpendBudget();

  const Options options_;
  const Clock& clock_;
  Random& random_;
  Mutex mutex_;
  SlidingCounts counts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid

#pragma once

#include <atomic>
#include <cstdint>

#include "absl/time/time.h"

#include "libs/base/clock.h"

namespace limpid {

/// Lets through `rate_per_minute` on average and `burst` at once.
///
/// Kept as one number, the moment at which the bucket would be full again (the generic cell rate algorithm of
/// ITU-T I.371): a request moves it on by its share of the rate, time passing catches up with it. That needs
/// no timer and no lock, and "how much is missing" is a duration that two buckets can exchange. Thread-safe.
class TokenBucket {
 public:
  /// A rate of zero lets nothing through.
  TokenBucket(double rate_per_minute, double burst);

  /// Takes `tokens` and answers zero, or takes nothing and answers how long to wait before asking again;
  /// infinite when it can never be, since `tokens` exceeds the burst.
  absl::Duration TryAcquire(SteadyTime now, double tokens = 1);
  /// What TryAcquire would answer, without taking.
  absl::Duration WaitFor(SteadyTime now, double tokens = 1) const;
  /// Takes in any case: for what was spent elsewhere. The debt is bounded by one more burst.
  void Take(SteadyTime now, double tokens);
  /// How long until the bucket is full; zero when it is.
  absl::Duration UntilFull(SteadyTime now) const;
  void SetUntilFull(SteadyTime now, absl::Duration until_full);

 private:
  int64_t Cost(double tokens) const;
  /// Wait in nanoseconds for a bucket that is full at `full_at`; negative when there is none.
  int64_t Wait(int64_t full_at, int64_t now, double tokens) const;

  const double burst_;
  const double interval_;             ///< Nanoseconds that one token takes to come back.
  std::atomic<int64_t> full_at_ = 0;  ///< On the steady clock; the past means full.
};

}  // namespace limpid

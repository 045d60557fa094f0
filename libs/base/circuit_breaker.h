#pragma once

#include <cstdint>
#include <optional>

#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/base/random.h"
#include "libs/base/sliding_counts.h"

namespace limpid {

/// Stops asking a peer that fails, so that its callers lose no time and it can recover.
///
/// Closed: every call is admitted. It opens after `max_consecutive_failures` in a row, or when of at least
/// `min_calls` within `window` the part `max_failure_ratio` failed. Open: none is admitted until a probe is
/// due; then exactly one, whose success closes it and whose failure doubles the wait. What counts as a
/// failure is for the caller to say: a refusal that the peer gave in good health is none. Thread-safe.
class CircuitBreaker {
 public:
  struct Options {
    int max_consecutive_failures = 5;
    int min_calls = 20;
    double max_failure_ratio = 0.5;
    absl::Duration window = absl::Seconds(10);
    absl::Duration first_probe_after = absl::Seconds(5);
    absl::Duration max_probe_after = absl::Seconds(60);
    double jitter = 0.2;  ///< Part by which the wait is shortened or lengthened.
  };
  enum class State { kClosed, kOpen, kHalfOpen };

  /// Leave to make one call. Tell it what came of the call; dropped without a word (the call was cancelled)
  /// it counts for nothing, and a probe is given to the next caller. Must not outlive the breaker.
  class Permit {
   public:
    Permit(Permit&& other) noexcept : breaker_(other.breaker_), era_(other.era_) { other.breaker_ = nullptr; }
    Permit& operator=(Permit&& other) noexcept;
    ~Permit() { Drop(); }
    void Succeeded();
    /// True when this failure opened the breaker.
    bool Failed();

   private:
    friend class CircuitBreaker;
    Permit(CircuitBreaker* breaker, uint64_t era) : breaker_(breaker), era_(era) {}
    void Drop();

    CircuitBreaker* breaker_;
    uint64_t era_;
  };

  explicit CircuitBreaker(Options options, const Clock& clock = SystemClock(),
                          Random& random = SecureRandom());

  /// Leave to call, or nothing while the peer is left alone.
  std::optional<Permit> Admit();
  State state() const;
  /// How long until the next probe is due; zero when calls are admitted. For a Retry-After.
  absl::Duration RetryAfter() const;

 private:
  void Succeeded(uint64_t era);
  bool Failed(uint64_t era);
  void Dropped(uint64_t era);
  void Open(absl::Duration probe_after) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Options options_;
  const Clock& clock_;
  Random& random_;
  mutable Mutex mutex_;
  State state_ ABSL_GUARDED_BY(mutex_) = State::kClosed;
  /// Grows with each change of state: what a call admitted before it has to tell is old news.
  uint64_t era_ ABSL_GUARDED_BY(mutex_) = 0;
  int consecutive_failures_ ABSL_GUARDED_BY(mutex_) = 0;
  SlidingCounts counts_ ABSL_GUARDED_BY(mutex_);
  absl::Duration probe_after_ ABSL_GUARDED_BY(mutex_);
  SteadyTime probe_time_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid

#pragma once

#include <cstddef>
#include <stop_token>

#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/base/timers.h"
#include "verify-svc/app/number_lookup.h"

namespace limpid::verify {

/// Answers until the caller's deadline, and lets the question live longer.
///
/// What is paid for is never called back: when the deadline passes, its caller is told what is known by then
/// and UNKNOWN with PROVIDER_TIMEOUT for the rest, while the questions go on under a time of their own, and
/// what they bring is kept for the next who asks. Thread-safe; `next` and `timers` must outlive it.
class WaitingLookup final : public NumberLookup {
 public:
  /// `max_time` bounds a question, all providers that are asked in turn included.
  WaitingLookup(NumberLookup& next, Timers& timers, absl::Duration max_time,
                const Clock& clock = SystemClock());

  void Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) override;
  /// Cancels the questions that run; those to come are cancelled before they are asked.
  void Stop() { stopping_.request_stop(); }
  /// Waits until no question runs. After it, nothing of this is touched by one that ran.
  void AwaitEnd();

 private:
  void Ended();

  NumberLookup& next_;
  Timers& timers_;
  const absl::Duration max_time_;
  const Clock& clock_;
  std::stop_source stopping_;
  Mutex mutex_;
  CondVar ended_;
  std::size_t running_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace limpid::verify

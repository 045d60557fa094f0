#pragma once

#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/base/mutex.h"

namespace limpid::testing {

/// A clock that stands until a test moves it. Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(absl::Time now = absl::FromUnixSeconds(1'800'000'000)) : now_(now) {}

  absl::Time Now() const override {
    MutexLock lock(mutex_);
    return now_;
  }
  SteadyTime SteadyNow() const override {
    MutexLock lock(mutex_);
    return steady_now_;
  }
  void Advance(absl::Duration by) {
    MutexLock lock(mutex_);
    now_ += by;
    steady_now_ += absl::ToChronoNanoseconds(by);
  }

 private:
  mutable Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_);
  SteadyTime steady_now_ ABSL_GUARDED_BY(mutex_) = SteadyTime(std::chrono::hours(1));
};

}  // namespace limpid::testing

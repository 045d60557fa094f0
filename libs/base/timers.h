#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include "absl/functional/any_invocable.h"

#include "libs/base/call.h"
#include "libs/base/error.h"
#include "libs/base/mutex.h"

namespace limpid {

/// Calls back at a given time, all from one thread: the deadlines of what waits without a thread of its own.
/// Callbacks must not block. Thread-safe.
class Timers {
 public:
  using Callback = absl::AnyInvocable<void()>;
  struct Id {
    SteadyTime time;
    uint64_t number = 0;
    friend auto operator<=>(const Id&, const Id&) = default;
  };

  Timers();
  /// Runs what is still due at once, so that nobody waits for a call that will not come.
  ~Timers();
  Timers(const Timers&) = delete;
  Timers& operator=(const Timers&) = delete;

  Id At(SteadyTime time, Callback callback);
  /// True: the callback will not run, and is gone. False: it has run, or is running.
  bool Cancel(const Id& id);

 private:
  void Work();

  Mutex mutex_;
  CondVar changed_;
  std::map<Id, Callback> due_ ABSL_GUARDED_BY(mutex_);
  uint64_t last_number_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

/// `done` as one that is called with DEADLINE_EXCEEDED when the call's deadline passes first; what comes
/// after that is dropped. `timers` must outlive the result.
template <class T>
Done<T> UntilDeadline(const Call& call, Timers& timers, Done<T> done) {
  if (call.deadline == SteadyTime::max()) return done;
  struct Race {
    std::atomic<bool> decided = false;
    Done<T> done;
  };
  const auto race = std::make_shared<Race>();
  race->done = std::move(done);
  const Timers::Id timer = timers.At(call.deadline, [race] {
    if (!race->decided.exchange(true)) race->done(DeadlineExceeded());
  });
  return [race, timer, &timers](absl::StatusOr<T> result) {
    if (race->decided.exchange(true)) return;
    timers.Cancel(timer);
    race->done(std::move(result));
  };
}

}  // namespace limpid

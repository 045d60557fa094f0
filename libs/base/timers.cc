#include "libs/base/timers.h"

#include <pthread.h>

namespace limpid {

Timers::Timers() : thread_([this] { Work(); }) {
  pthread_setname_np(thread_.native_handle(), "limpid-timers");
}

Timers::~Timers() {
  {
    MutexLock lock(mutex_);
    ending_ = true;
    changed_.NotifyOne();
  }
  thread_.join();
}

Timers::Id Timers::At(SteadyTime time, Callback callback) {
  MutexLock lock(mutex_);
  const Id id{time, ++last_number_};
  const auto place = due_.emplace(id, std::move(callback)).first;
  if (place == due_.begin()) changed_.NotifyOne();
  return id;
}

bool Timers::Cancel(const Id& id) {
  Callback cancelled;  // What it holds is let go outside the lock.
  MutexLock lock(mutex_);
  const auto found = due_.find(id);
  if (found == due_.end()) return false;
  cancelled = std::move(found->second);
  due_.erase(found);
  return true;
}

void Timers::Work() {
  for (;;) {
    Callback callback;
    {
      MutexLock lock(mutex_);
      const auto is_due = [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
        return ending_ || (!due_.empty() && due_.begin()->first.time <= std::chrono::steady_clock::now());
      };
      while (!is_due()) {
        const SteadyTime next = due_.empty() ? SteadyTime::max() : due_.begin()->first.time;
        const auto sooner = [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
          return is_due() || (!due_.empty() && due_.begin()->first.time < next);
        };
        if (next == SteadyTime::max()) {
          changed_.Wait(mutex_, sooner);
        } else {
          changed_.WaitUntil(mutex_, next, sooner);
        }
      }
      if (due_.empty()) return;
      callback = std::move(due_.begin()->second);
      due_.erase(due_.begin());
    }
    callback();
  }
}

}  // namespace limpid

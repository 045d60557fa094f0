#pragma once

#include <cstddef>
#include <memory>

#include "libs/base/mutex.h"

namespace limpid {

/// Counts work under way that calls back into an object, so that its destructor can wait for it: as the
/// object's last member it is the first to end, and the others are still there for what comes back.
class Outstanding {
 public:
  /// Held by a callback for as long as it may come.
  using Token = std::shared_ptr<void>;

  Outstanding() = default;
  /// Waits until every token is gone. Not on the thread that calls back.
  ~Outstanding() {
    MutexLock lock(mutex_);
    none_left_.Wait(mutex_, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return count_ == 0; });
  }
  Outstanding(const Outstanding&) = delete;
  Outstanding& operator=(const Outstanding&) = delete;

  Token Begin() {
    MutexLock lock(mutex_);
    ++count_;
    return Token(this, [](Outstanding* self) { self->End(); });
  }

 private:
  void End() {
    MutexLock lock(mutex_);
    if (--count_ == 0) none_left_.NotifyAll();
  }

  Mutex mutex_;
  CondVar none_left_;
  std::size_t count_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace limpid

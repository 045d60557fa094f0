#pragma once

#include <atomic>
#include <cstddef>

#include "absl/time/time.h"

#include "libs/base/mutex.h"

namespace limpid::http::internal {

/// How many connections are open, and a bound on them. Thread-safe.
class ConnectionCount {
 public:
  explicit ConnectionCount(size_t most) : most_(most) {}

  /// False when there are too many; otherwise Leave is owed.
  bool Enter();
  void Leave();
  size_t open() const { return open_; }
  /// Waits until none is open; false when there still are some after `patience`.
  bool AwaitNone(absl::Duration patience);

 private:
  const size_t most_;
  std::atomic<size_t> open_ = 0;
  Mutex mutex_;
  CondVar none_;
};

}  // namespace limpid::http::internal

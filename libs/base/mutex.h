#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/base/thread_annotations.h"

namespace limpid {

/// A std::mutex with clang's thread-safety annotations. ThreadSanitizer sees it; the packaged absl::Mutex it
/// does not see, and reports false races.
class ABSL_LOCKABLE Mutex {
 public:
  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() { mutex_.lock(); }
  void unlock() ABSL_UNLOCK_FUNCTION() { mutex_.unlock(); }
  bool try_lock() ABSL_EXCLUSIVE_TRYLOCK_FUNCTION(true) { return mutex_.try_lock(); }

 private:
  std::mutex mutex_;
};

/// Holds a Mutex for a scope.
class ABSL_SCOPED_LOCKABLE MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) ABSL_EXCLUSIVE_LOCK_FUNCTION(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~MutexLock() ABSL_UNLOCK_FUNCTION() { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

/// A condition variable over Mutex. Call with the mutex held.
class CondVar {
 public:
  template <class Predicate>
  void Wait(Mutex& mutex, Predicate ready) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    condition_.wait(mutex, std::move(ready));
  }
  /// False when `until` passed first.
  template <class Predicate>
  bool WaitUntil(Mutex& mutex, std::chrono::steady_clock::time_point until, Predicate ready)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    return condition_.wait_until(mutex, until, std::move(ready));
  }
  void NotifyOne() { condition_.notify_one(); }
  void NotifyAll() { condition_.notify_all(); }

 private:
  std::condition_variable_any condition_;
};

/// An immutable value that readers take without waiting for a writer, and writers replace as a whole.
/// `std::atomic_load` on a shared_ptr: ThreadSanitizer understands it, unlike libstdc++ 12's
/// `std::atomic<std::shared_ptr>`. Thread-safe.
template <class T>
class Snapshot {
 public:
  Snapshot() = default;
  explicit Snapshot(std::shared_ptr<const T> value) : value_(std::move(value)) {}
  std::shared_ptr<const T> Get() const { return std::atomic_load(&value_); }
  void Set(std::shared_ptr<const T> value) { std::atomic_store(&value_, std::move(value)); }

 private:
  std::shared_ptr<const T> value_;
};

}  // namespace limpid

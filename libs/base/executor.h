#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

#include "libs/base/mutex.h"

namespace limpid {

/// A fixed number of threads with a bounded queue: where use cases run that compute or ask their own storage.
/// Full means a refusal at once, never a wait. Thread-safe.
class Executor {
 public:
  struct Options {
    std::string name;  ///< Thread names and the metric's label.
    int threads = 2;
    size_t max_queue = 1024;
  };
  using Task = absl::AnyInvocable<void()>;

  explicit Executor(Options options);
  /// Runs what was admitted, then ends.
  ~Executor();
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  /// Admits the task, or answers RESOURCE_EXHAUSTED (reason OVERLOADED, with a retry delay) when the queue is
  /// full and UNAVAILABLE after Shutdown. The task is run exactly once when the answer is OK, else never.
  absl::Status Submit(Task task);
  /// Refuses new tasks, runs the admitted ones, joins. Safe to call twice; not from a task.
  void Shutdown();
  size_t queued() const;

 private:
  void Work();

  const Options options_;
  mutable Mutex mutex_;
  CondVar work_;
  std::deque<Task> queue_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace limpid

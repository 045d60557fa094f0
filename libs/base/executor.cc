#include "libs/base/executor.h"

#include <utility>

#include <pthread.h>

#include "libs/base/error.h"

namespace limpid {
namespace {

// What a refused caller is told to wait: about the time a full queue of short tasks takes to drain.
constexpr absl::Duration kRetryAfter = absl::Milliseconds(250);
// The kernel keeps 15 characters of a thread's name.
constexpr size_t kThreadNameLength = 15;

}  // namespace

Executor::Executor(Options options) : options_(std::move(options)) {
  threads_.reserve(options_.threads);
  for (int i = 0; i < options_.threads; ++i) {
    threads_.emplace_back([this] { Work(); });
    pthread_setname_np(threads_.back().native_handle(), options_.name.substr(0, kThreadNameLength).c_str());
  }
}

Executor::~Executor() { Shutdown(); }

absl::Status Executor::Submit(Task task) {
  {
    MutexLock lock(mutex_);
    if (closed_) return Unavailable(options_.name);
    if (queue_.size() >= options_.max_queue) return Overloaded(kRetryAfter);
    queue_.push_back(std::move(task));
  }
  work_.NotifyOne();
  return absl::OkStatus();
}

void Executor::Shutdown() {
  {
    MutexLock lock(mutex_);
    closed_ = true;
  }
  work_.NotifyAll();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

size_t Executor::queued() const {
  MutexLock lock(mutex_);
  return queue_.size();
}

void Executor::Work() {
  for (;;) {
    Task task;
    {
      MutexLock lock(mutex_);
      work_.Wait(mutex_, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return closed_ || !queue_.empty(); });
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    task();
  }
}

}  // namespace limpid

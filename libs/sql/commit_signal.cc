#include "libs/sql/commit_signal.h"

#include <utility>

namespace limpid::sql {

struct CommitSignal::Subscription::State {
  Mutex mutex;
  uint64_t next_id ABSL_GUARDED_BY(mutex) = 1;
  // Called under the mutex, so that the end of a subscription waits for a listener that runs.
  std::map<uint64_t, std::function<void()>> listeners ABSL_GUARDED_BY(mutex);
};

CommitSignal::Subscription::Subscription(Subscription&& other) noexcept
    : state_(std::move(other.state_)), id_(std::exchange(other.id_, 0)) {}

CommitSignal::Subscription& CommitSignal::Subscription::operator=(Subscription&& other) noexcept {
  if (this != &other) {
    End();
    state_ = std::move(other.state_);
    id_ = std::exchange(other.id_, 0);
  }
  return *this;
}

CommitSignal::Subscription::~Subscription() { End(); }

void CommitSignal::Subscription::End() {
  if (!state_) return;
  MutexLock lock(state_->mutex);
  state_->listeners.erase(id_);
}

CommitSignal::CommitSignal() : state_(std::make_shared<Subscription::State>()) {}

CommitSignal::Subscription CommitSignal::Subscribe(std::function<void()> listener) {
  MutexLock lock(state_->mutex);
  const uint64_t id = state_->next_id++;
  state_->listeners.emplace(id, std::move(listener));
  return Subscription(state_, id);
}

void CommitSignal::Notify() {
  MutexLock lock(state_->mutex);
  for (const auto& [id, listener] : state_->listeners) listener();
}

}  // namespace limpid::sql

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>

#include "libs/base/mutex.h"

namespace limpid::sql {

/// Says that something may have been committed, so that a follower of an outbox reads again. Says neither
/// what nor how much, may speak up without cause, and is never late by more than the poll interval.
/// Thread-safe.
class CommitSignal {
 public:
  /// Ends the subscription when destroyed; the listener is not running any more then.
  class Subscription {
   public:
    Subscription() = default;
    Subscription(Subscription&& other) noexcept;
    Subscription& operator=(Subscription&& other) noexcept;
    ~Subscription();

   private:
    friend class CommitSignal;
    struct State;
    Subscription(std::shared_ptr<State> state, uint64_t id) : state_(std::move(state)), id_(id) {}
    void End();

    std::shared_ptr<State> state_;
    uint64_t id_ = 0;
  };

  CommitSignal();

  /// `listener` is called on the thread that committed: it wakes somebody and returns. It must neither write
  /// nor subscribe.
  [[nodiscard]] Subscription Subscribe(std::function<void()> listener);
  void Notify();

 private:
  std::shared_ptr<Subscription::State> state_;
};

}  // namespace limpid::sql

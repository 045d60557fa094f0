#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/base/mutex.h"

namespace limpid::sql {

/// Connections that are lent to one piece of work at a time: the one given back last is lent first, as its
/// caches are warm. `Connection` has `bool broken() const`: such a one is thrown away when it comes back.
/// Thread-safe; must outlive its leases.
template <class Connection>
class Pool {
 public:
  using Make = absl::AnyInvocable<absl::StatusOr<std::unique_ptr<Connection>>(const Call&) const>;

  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (connection_) pool_->GiveBack(std::move(connection_));
    }
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  Pool(int max_connections, Make make) : max_connections_(max_connections), make_(std::move(make)) {}

  /// Waits for a connection when all are lent, as long as the call may.
  absl::StatusOr<Lease> Acquire(const Call& call) {
    {
      MutexLock lock(mutex_);
      while (idle_.empty() && open_ >= max_connections_) {
        if (absl::Status status = call.Check(); !status.ok()) return status;
        // A caller that gives up cannot wake us: look again now and then.
        const SteadyTime next_look = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
        returned_.WaitUntil(
            mutex_, std::min(call.deadline, next_look),
            [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return !idle_.empty() || open_ < max_connections_; });
      }
      if (!idle_.empty()) {
        std::unique_ptr<Connection> connection = std::move(idle_.back());
        idle_.pop_back();
        return Lease(*this, std::move(connection));
      }
      ++open_;
    }
    absl::StatusOr<std::unique_ptr<Connection>> made = make_(call);
    if (!made.ok()) {
      Forget();
      return made.status();
    }
    return Lease(*this, *std::move(made));
  }

  /// Closes what is not lent: after one connection was found dead, the others of its age are too.
  void CloseIdle() {
    std::vector<std::unique_ptr<Connection>> closing;
    {
      MutexLock lock(mutex_);
      open_ -= static_cast<int>(idle_.size());
      closing.swap(idle_);
    }
    returned_.NotifyAll();
  }

 private:
  void GiveBack(std::unique_ptr<Connection> connection) {
    if (connection->broken()) {
      connection.reset();
      Forget();
      return;
    }
    {
      MutexLock lock(mutex_);
      idle_.push_back(std::move(connection));
    }
    returned_.NotifyOne();
  }

  void Forget() {
    {
      MutexLock lock(mutex_);
      --open_;
    }
    returned_.NotifyOne();
  }

  const int max_connections_;
  const Make make_;
  Mutex mutex_;
  CondVar returned_;
  int open_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<std::unique_ptr<Connection>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid::sql

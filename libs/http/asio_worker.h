// Included by server.cc alone, so that one file knows Boost.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <pthread.h>

#include "absl/container/flat_hash_set.h"

#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/http/asio_transport.h"
#include "libs/http/connection_count.h"
#include "libs/http/response_head.h"
#include "libs/http/server.h"
#include "libs/http/session.h"

namespace limpid::http::internal {

/// What all connections of a server share.
struct ServerShared {
  ServerShared(Server::Options given, std::shared_ptr<Handler> answers)
      : options(std::move(given)), handler(std::move(answers)), connections(options.max_connections) {}

  const Server::Options options;
  const std::shared_ptr<Handler> handler;
  Leaving leaving;
  ConnectionCount connections;
};

/// One thread with its event loop and the connections on it. Only that thread touches them.
class AsioWorker : public std::enable_shared_from_this<AsioWorker> {
 public:
  /// A connection, as its worker knows it.
  class Client {
   public:
    virtual ~Client() = default;
    virtual void CloseIfExpired(SteadyTime now) = 0;
    virtual void OnDrain() = 0;
    virtual void Close() = 0;
  };

  explicit AsioWorker(std::shared_ptr<ServerShared> shared)
      : shared_(std::move(shared)),
        sweep_(io_),
        tick_(absl::ToChronoNanoseconds(SweepInterval(shared_->options))) {}

  void Start() {
    Sweep();
    thread_ = std::thread([this] {
      pthread_setname_np(pthread_self(), "limpid-http");
      current_ = this;
      io_.run();
    });
  }

  /// Runs `task` on the worker's thread; false, and the task is dropped, once the worker was stopped.
  template <class Task>
  bool Post(Task task) {
    MutexLock lock(mutex_);
    if (stopped_) return false;
    net::post(io_, std::move(task));
    return true;
  }
  bool IsCurrentThread() const { return current_ == this; }

  /// Runs what was posted, then ends the thread. All connections are closed by then.
  void Stop() {
    {
      MutexLock lock(mutex_);
      if (stopped_) return;
      stopped_ = true;
      net::post(io_, [this] {
        ending_ = true;
        sweep_.cancel();
        work_.reset();
      });
    }
    thread_.join();
  }

  net::io_context& io() { return io_; }
  ServerShared& shared() { return *shared_; }
  std::string_view Date() { return date_.Now(); }
  void Add(Client* client) { clients_.insert(client); }
  void Remove(Client* client) { clients_.erase(client); }
  template <class Action>
  void ForEach(Action action) {
    // A copy: closing a connection takes it out of the set.
    const std::vector<Client*> all(clients_.begin(), clients_.end());
    for (Client* client : all) {
      if (clients_.contains(client)) action(*client);
    }
  }

 private:
  void Sweep() {
    if (ending_) return;
    sweep_.expires_after(tick_);
    sweep_.async_wait([this](const error_code& ec) {
      if (ec) return;
      const SteadyTime now = SystemClock().SteadyNow();
      ForEach([now](Client& client) { client.CloseIfExpired(now); });
      Sweep();
    });
  }

  inline static thread_local const AsioWorker* current_ = nullptr;

  const std::shared_ptr<ServerShared> shared_;
  net::io_context io_{1};
  net::executor_work_guard<IoExecutor> work_{io_.get_executor()};
  Timer sweep_;
  const std::chrono::steady_clock::duration tick_;
  std::thread thread_;
  absl::flat_hash_set<Client*> clients_;
  bool ending_ = false;
  HttpDateClock date_;
  Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace limpid::http::internal

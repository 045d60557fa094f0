#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace limpid::http {

/// A peer that speaks whatever it is told to, HTTP or not: the faults that a well-behaved server cannot show.
/// Listens on a free port of 127.0.0.1.
class CannedServer {
 public:
  /// One client's connection, its request's head already read.
  class Connection {
   public:
    explicit Connection(int fd) : fd_(fd) {}
    /// False when the client has gone.
    bool Send(const std::string& bytes) const;
    /// Waits for the client to close.
    void AwaitClose() const;

   private:
    const int fd_;
  };
  using Behaviour = std::function<void(const Connection&)>;

  explicit CannedServer(Behaviour behaviour);
  ~CannedServer();

  uint16_t port() const { return port_; }
  /// `http://127.0.0.1:PORT/`
  std::string url() const;
  int connections() const { return connections_; }

 private:
  void Accept();

  const Behaviour behaviour_;
  int listener_ = -1;
  uint16_t port_ = 0;
  std::atomic<int> connections_ = 0;
  std::vector<std::jthread> handlers_;
  std::thread accepting_;
};

}  // namespace limpid::http

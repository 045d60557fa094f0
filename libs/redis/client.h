#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/base/circuit_breaker.h"
#include "libs/base/metrics.h"
#include "libs/redis/connector.h"
#include "libs/redis/reply.h"
#include "libs/redis/tls.h"

namespace limpid::redis {

/// One connection to Redis that all callers of a process share: what they send meanwhile goes out together
/// (pipelining), and one thread waits for the answers.
///
/// Redis makes us faster, never later: while there is no connection every command is refused at once, an
/// answer is waited for no longer than `timeouts.command`, and a server that fails is left alone for a while
/// (circuit breaker) and then tried with a connection of our own, not with a caller's command. Whatever
/// breaks the stream of replies (garbage, a reply that is too large, a lost connection) fails the commands in
/// flight and opens a new connection. Thread-safe.
class Client {
 public:
  struct Options {
    std::string url;  ///< See ParseUrl.
    TlsFiles tls;
    Connector::Timeouts timeouts;
    size_t max_in_flight = 8192;
    size_t max_queued_bytes = 8 * 1024 * 1024;
    /// A probe costs no caller anything, so that Redis is found again sooner than other peers.
    CircuitBreaker::Options breaker = {.first_probe_after = absl::Milliseconds(500),
                                       .max_probe_after = absl::Seconds(4)};
  };

  /// Starts to connect, and goes on trying: that Redis is away is no error. INVALID_ARGUMENT for a bad URL,
  /// FAILED_PRECONDITION for TLS files that cannot be used.
  static absl::StatusOr<std::unique_ptr<Client>> Create(Options options, MetricsRegistry& metrics);
  /// Fails what is in flight, and ends.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Sends one command. `done` is called once: on the client's thread (it must not block), or at once on the
  /// caller's when the command is refused. Errors: UNAVAILABLE (away, no answer in time, broken stream, not
  /// in a state to serve), RESOURCE_EXHAUSTED (too many in flight; Redis has no memory left),
  /// DEADLINE_EXCEEDED and CANCELLED of the call, FAILED_PRECONDITION (Redis does not accept this command).
  void Send(const Call& call, std::span<const std::string_view> command, Done<Reply> done);
  void Send(const Call& call, std::initializer_list<std::string_view> command, Done<Reply> done) {
    Send(call, std::span(command.begin(), command.size()), std::move(done));
  }
  /// The same, waiting. Not on the client's thread, nor where nothing may block.
  absl::StatusOr<Reply> SendAndWait(const Call& call, std::initializer_list<std::string_view> command);

  bool connected() const;
  /// Waits until there is a connection; false when `until` passed first.
  bool WaitUntilConnected(SteadyTime until);

 private:
  class Impl;
  explicit Client(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace limpid::redis

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/http/message.h"

namespace limpid::http {

namespace internal {
class Exchange;
}

/// The sending end of an answer without a known length (NDJSON, server-sent events).
///
/// One piece at a time: write the next after `written` was called, and a slow reader slows its writer down
/// instead of filling memory. Movable, callable from any thread, one thread at a time. Dropping it without
/// Finish cuts the connection, so that the client sees that the answer is not complete.
class ResponseStream {
 public:
  /// OK: the kernel has taken the piece. CANCELLED: the client has gone; further pieces are dropped.
  using Written = absl::AnyInvocable<void(absl::Status)>;

  ResponseStream() = default;
  explicit ResponseStream(std::shared_ptr<internal::Exchange> exchange);
  ResponseStream(ResponseStream&&) noexcept;
  ResponseStream& operator=(ResponseStream&&) noexcept;
  ~ResponseStream();

  /// `written` is called once, on the connection's thread: it must not block.
  void Write(std::string piece, Written written);
  /// Ends the answer.
  void Finish();

 private:
  std::shared_ptr<internal::Exchange> exchange_;
};

/// The right to answer one request, once: by Send or by Stream. Movable, callable from any thread. Dropped
/// unused it answers 500, so that no client waits for nothing.
class Responder {
 public:
  Responder() = default;
  explicit Responder(std::shared_ptr<internal::Exchange> exchange);
  Responder(Responder&&) noexcept;
  Responder& operator=(Responder&&) noexcept;
  ~Responder();

  void Send(Response response);
  /// Sends the head now; the pieces follow through the stream.
  ResponseStream Stream(int status, Headers headers);

 private:
  std::shared_ptr<internal::Exchange> exchange_;
};

/// What answers requests. Called on a thread that serves many connections: it must not block, and may answer
/// at once or from any other thread later. Thread-safe.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual void Handle(Request request, Responder responder) = 0;
};

/// An HTTP/1.1 server with keep-alive, bounds on all that a client can make grow, and optional TLS.
///
/// What breaks HTTP, a bound or a rule of ours is answered with problem details and never reaches the
/// handler: 400 (malformed, ambiguous length), 413 (body), 415 (any Content-Encoding), 431 (head), 501
/// (unknown transfer coding), 503 (too many connections). Pipelined requests are answered one after the
/// other. Thread-safe.
class Server {
 public:
  struct Options {
    std::string host = "127.0.0.1";  ///< Numeric address to listen on.
    uint16_t port = 0;               ///< 0: any free one, see port().
    int threads = 2;                 ///< Each runs an event loop of its own.
    size_t max_connections = 16384;
    size_t max_head_bytes = 16 * 1024;
    size_t max_headers = 100;
    size_t max_body_bytes = 1024 * 1024;
    absl::Duration head_timeout = absl::Seconds(10);  ///< For the whole head, TLS handshake included.
    absl::Duration body_timeout = absl::Seconds(30);  ///< Between pieces of a body or answer. See Pace.
    absl::Duration idle_timeout = absl::Seconds(75);  ///< Between two requests.
    /// PEM files; both or neither. See ReloadTls.
    std::string tls_cert_file;
    std::string tls_key_file;
  };

  /// Listens and serves. Fails when the address cannot be had or the TLS files cannot be read.
  static absl::StatusOr<std::unique_ptr<Server>> Start(Options options, std::shared_ptr<Handler> handler);
  /// Cuts what still runs.
  ~Server();

  uint16_t port() const;
  size_t open_connections() const;
  /// Reads the TLS files again, for connections to come. On failure the old ones stay in force.
  absl::Status ReloadTls();
  /// From now on each answer ends its connection (`Connection: close`), while new connections are still
  /// accepted: for the time between readiness going off and Drain, in which clients move elsewhere.
  void AnnounceDrain();
  /// Stops listening, closes idle connections, lets running requests finish for at most `grace`, then cuts
  /// them. Blocks until all connections are closed; not from a handler. Safe to call twice.
  void Drain(absl::Duration grace);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace limpid::http

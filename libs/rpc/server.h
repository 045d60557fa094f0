#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/rpc/channel.h"
#include "libs/rpc/service.h"
#include "libs/rpc/tls.h"

namespace limpid::rpc {

/// Bounds of a gRPC server. The defaults withstand hostile clients; wiring sets what settings say.
struct ServerOptions {
  /// `127.0.0.1:50052`, `[::]:0`, `unix:/path`; empty: only reachable by InProcessChannel.
  std::string address;
  TlsFiles tls;
  int max_concurrent_streams = 1024;  ///< Of one connection.
  int max_message_bytes = 4 * 1024 * 1024;
  int max_metadata_bytes = 16 * 1024;
  size_t max_buffer_bytes = 256 * 1024 * 1024;  ///< All that gRPC may hold at once, of all calls.
  /// After it a connection is asked to end, so that clients find new replicas. Calls that run on it may take
  /// their time, for a stream may last for days.
  absl::Duration max_connection_age = absl::Minutes(10);
  absl::Duration keepalive_time = absl::Minutes(2);
  absl::Duration keepalive_timeout = absl::Seconds(20);
};

/// A gRPC server: health, reflection, limits, drain. Compressed requests are refused (UNIMPLEMENTED):
/// gRPC 1.51 inflates a message before it looks at the size limit. Thread-safe.
class Server {
 public:
  /// Fails when the address is in use or the TLS files cannot be read; the message names which.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                                       std::vector<std::unique_ptr<Service>> services);
  /// Cancels what still runs.
  ~Server();

  /// The port that was bound; 0 without an address or for a unix socket.
  uint16_t port() const;
  /// A way into this server that needs no socket, and for its own unary methods no gRPC. Ends with the
  /// server.
  Channel InProcessChannel();
  /// Health says NOT_SERVING from now on, while calls are still accepted: for the time in which clients and
  /// load balancers notice.
  void AnnounceDrain();
  /// Stops accepting, lets running calls finish for at most `grace`, then cancels them. Blocks until all have
  /// ended; not from a handler. Safe to call twice.
  void Drain(absl::Duration grace);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace limpid::rpc

#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/http/address_guard.h"
#include "libs/http/message.h"

namespace limpid::http {

/// A request to somebody else's server.
struct FetchRequest {
  std::string method = "GET";
  std::string url;  ///< http or https.
  Headers headers;
  std::string body;
  size_t max_response_bytes = 0;  ///< 0: the client's default.
  /// Over a connection of its own, so that it surely leaves at most once: what meets a kept connection that
  /// the server has just closed is sent again by curl. For what is charged by the request.
  bool at_most_once = false;
};

/// Whether an error of Client::Fetch says that no byte of the request was sent, so that it may be repeated or
/// put to somebody else whatever it does.
bool WasNotSent(const absl::Status& status);

/// Any answer at all, 4xx and 5xx included: what they mean is the caller's to say.
struct FetchResponse {
  int status = 0;
  Headers headers;  ///< Names in lower case.
  std::string body;
  absl::Duration elapsed;
};

/// Calls other people's HTTP servers: one thread, many transfers, kept connections.
///
/// Follows no redirect, asks for no compression, speaks http and https only, reads at most a bounded answer,
/// and connects to public addresses alone, checked when the socket is made, so that no spelling and no DNS
/// answer gets around it. A transfer ends with the call's deadline or cancellation. Proxies of the
/// environment are not used. Thread-safe.
class Client {
 public:
  struct Options {
    absl::Duration connect_timeout = absl::Milliseconds(300);
    absl::Duration max_time = absl::Seconds(60);  ///< For calls without a deadline.
    size_t max_response_bytes = 256 * 1024;
    size_t max_in_flight = 1024;
    long max_connections_per_host = 32;
    AddressGuard guard;
    std::string ca_file;  ///< PEM; empty: the system's.
    std::string user_agent = "Limpid";
  };

  explicit Client(Options options);
  /// Ends every transfer with CANCELLED.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// `done` is called once, on the client's thread (it must not block), or at once when the client is full.
  /// Errors: INVALID_ARGUMENT (URL), PERMISSION_DENIED (address refused), UNAVAILABLE (no connection,
  /// connection lost, TLS, answer too large or broken), DEADLINE_EXCEEDED, CANCELLED, RESOURCE_EXHAUSTED (too
  /// many in flight).
  void Fetch(const Call& call, FetchRequest request, Done<FetchResponse> done);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace limpid::http

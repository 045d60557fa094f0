#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "gateway/forwarding/upstream.h"
#include "gateway/transcoding/gatekeeper.h"
#include "gateway/transcoding/http_binding.h"
#include "gateway/transcoding/route_table.h"
#include "libs/base/call.h"
#include "libs/http/server.h"
#include "libs/rpc/door.h"

namespace limpid::gateway {

/// Turns any HTTP/JSON call into the call of a method, by the protos' descriptors alone.
///
/// Path, query, body, `If-Match`, `Idempotency-Key`, `X-Request-Id`, `Accept-Language` and `traceparent` in;
/// JSON, `ETag`, NDJSON or server-sent events out; each error as problem details. An unknown path is 404, a
/// method that the path lacks 405 with `Allow`, and CORS preflights are answered. Thread-safe.
class Transcoder final : public http::Handler {
 public:
  /// A service and who answers its methods.
  struct Service {
    std::string full_name;  ///< `limpid.verify.v1.EmailService`, in the generated pool.
    std::shared_ptr<Upstream> upstream;
  };
  struct Options {
    absl::Duration default_deadline = absl::Seconds(10);  ///< Of unary calls.
    std::vector<rpc::CallObserverFactory> observers;
  };

  /// Fails, naming it, when a service is unknown, an option does not fit, or two methods share a path.
  static absl::StatusOr<std::unique_ptr<Transcoder>> Make(const std::vector<Service>& services,
                                                          std::shared_ptr<Gatekeeper> gatekeeper,
                                                          Options options);
  ~Transcoder() override;

  void Handle(http::Request request, http::Responder responder) override;
  /// For the time of a drain: streams, which have no end of their own, end with UNAVAILABLE from now on, so
  /// that their readers resume elsewhere.
  void EndStreams() { ending_.request_stop(); }

 private:
  struct Route;
  struct Exchange;

  Transcoder(std::shared_ptr<Gatekeeper> gatekeeper, Options options);

  void HandleWithoutRoute(const http::Request& request, const RouteTable::Match& match,
                          http::Responder responder);
  absl::Status ReadHeaders(Exchange& exchange) const;
  void Admitted(std::unique_ptr<Exchange> exchange, Admission admission);
  static absl::Status JudgeRole(const Route& route, const Admission& admission);
  void Forward(std::unique_ptr<Exchange> exchange) const;

  const std::shared_ptr<Gatekeeper> gatekeeper_;
  const Options options_;
  std::vector<std::shared_ptr<const Route>> routes_;
  RouteTable table_;
  std::stop_source ending_;
};

}  // namespace limpid::gateway

#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include <grpcpp/alarm.h>

#include "libs/base/call.h"
#include "libs/rpc/client.h"
#include "libs/rpc/exchange.h"
#include "libs/rpc/local_server.h"
#include "libs/rpc/served_call.h"
#include "libs/rpc/unary_work.h"

namespace limpid::rpc {

/// One unary call of a service in this process. It passes the same door as one that comes over gRPC, under
/// the same signature, and is answered in the same words; its handler reads the caller's own request and
/// fills the caller's own response.
class LocalCall final : public std::enable_shared_from_this<LocalCall>,
                        private CallMetadata,
                        private ServedCall,
                        private UnaryWork {
 public:
  /// Ends the exchange: at once where the handler computes, else when the handler, the deadline, a stop of
  /// `call` or the end of the server says so, whichever comes first.
  static void Start(const std::shared_ptr<LocalServer>& server, const LocalMethod& method,
                    const rpc::Peer& peer, const Call& call, std::unique_ptr<internal::Exchange> exchange);

  /// For Start.
  LocalCall(LocalServer::Visit visit, const LocalMethod& method, const rpc::Peer& peer, const Call& call,
            SteadyTime begin, SteadyTime deadline, std::unique_ptr<internal::Exchange> exchange);

 private:
  enum class Phase { kRunning, kWatched, kEnded };
  struct CallerGone {
    LocalCall* call;
    void operator()() const;
  };
  struct ServerGone {
    LocalCall* call;
    void operator()() const;
  };

  std::optional<std::string_view> Get(std::string_view name) const override;
  std::string Peer() const override { return "inproc"; }

  void Entered(absl::Status status) override;
  void Ended(const absl::Status& status) override;
  /// From now on the call ends in time, whatever its handler does.
  void Watch(std::stop_token server_ends);
  /// Nobody waits for the handler any longer.
  void Abandon(absl::Status status);

  const LocalMethod method_;
  const std::string peer_name_;
  const Call caller_;
  const std::string call_line_;
  const std::string authorization_;
  const std::unique_ptr<internal::Exchange> exchange_;
  std::optional<LocalServer::Visit> visit_;
  std::shared_ptr<LocalCall> self_;  // While the handler has the call.
  std::atomic<bool> answered_ = false;
  std::atomic<Phase> phase_ = Phase::kRunning;
  std::optional<grpc::Alarm> deadline_;
  // Last, for their callbacks use the rest: ending them waits for one that runs.
  std::optional<std::stop_callback<CallerGone>> caller_gone_;
  std::optional<std::stop_callback<ServerGone>> server_gone_;
};

}  // namespace limpid::rpc

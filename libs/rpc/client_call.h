#pragma once

#include <optional>
#include <stop_token>

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"

#include "libs/base/call.h"
#include "libs/rpc/raw_client.h"
#include "libs/rpc/wire.h"

namespace limpid::rpc {

/// One unary call to a peer. Who derives from it keeps itself, the method and what is sent and received
/// until Answered.
class ClientCall {
 public:
  ClientCall(const ClientCall&) = delete;
  ClientCall& operator=(const ClientCall&) = delete;

 protected:
  explicit ClientCall(const PeerMethod& method) : method_(method) {}
  virtual ~ClientCall() = default;

  /// Ends in Answered, on a gRPC thread, or at once when `call` is over before it began. May be called again
  /// after that.
  void Begin(const Call& call, const PassedBytes& request, PassedBytes& response);
  void Begin(const Call& call, const OutgoingMessage& request, IncomingMessage& response);
  /// May delete this.
  virtual void Answered(absl::Status status) = 0;

 private:
  struct Canceller {
    grpc::ClientContext* context;
    void operator()() const { context->TryCancel(); }
  };

  template <class Request, class Response>
  void Start(const Call& call, const Request& request, Response& response);
  void Ended(const grpc::Status& status);

  const PeerMethod& method_;
  std::stop_token stop_token_;
  std::optional<grpc::ClientContext> context_;  // Serves one attempt.
  std::optional<std::stop_callback<Canceller>> stop_;
};

}  // namespace limpid::rpc

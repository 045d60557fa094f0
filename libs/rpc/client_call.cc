#include "libs/rpc/client_call.h"

#include <grpcpp/support/client_callback.h>

#include "libs/rpc/status.h"

namespace limpid::rpc {

template <class Request, class Response>
void ClientCall::Start(const Call& call, const Request& request, Response& response) {
  if (absl::Status status = call.Check(); !status.ok()) return Answered(std::move(status));
  method_.client().Prepare(call, /*streaming=*/false, context_.emplace());
  stop_token_ = call.stop;
  // Before the call begins: a stop before that is remembered by the context, and after it the call may be
  // over and this object gone.
  stop_.emplace(stop_token_, Canceller{&*context_});
  grpc::internal::CallbackUnaryCall(method_.client().channel().get(), method_.rpc(), &*context_, &request,
                                    &response, [this](const grpc::Status& status) { Ended(status); });
}

void ClientCall::Begin(const Call& call, const PassedBytes& request, PassedBytes& response) {
  Start(call, request, response);
}

void ClientCall::Begin(const Call& call, const OutgoingMessage& request, IncomingMessage& response) {
  Start(call, request, response);
}

void ClientCall::Ended(const grpc::Status& status) {
  stop_.reset();  // Waits for a TryCancel under way on another thread.
  if (status.ok()) return Answered(absl::OkStatus());
  Answered(FromGrpc(status, method_.client().peer_name(), stop_token_.stop_requested()));
}

}  // namespace limpid::rpc

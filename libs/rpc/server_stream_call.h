#pragma once

#include <memory>

#include <grpcpp/grpcpp.h>

#include "absl/functional/any_invocable.h"

#include "libs/rpc/server_call.h"
#include "libs/rpc/service.h"

namespace limpid::rpc {

/// One server stream with a handler of ours. Deletes itself when gRPC is done with it.
class ServerStreamCall final : public grpc::ServerWriteReactor<grpc::ByteBuffer>, private ServerCall {
 public:
  static grpc::ServerWriteReactor<grpc::ByteBuffer>* Start(const ServedMethod& method,
                                                           const internal::ServerStreamHandler& handler,
                                                           grpc::CallbackServerContext& context,
                                                           const grpc::ByteBuffer& request);

  void OnWriteDone(bool ok) override;
  void OnCancel() override { RequestStop(); }
  void OnDone() override { delete this; }

 private:
  class Writer;

  ServerStreamCall(const ServedMethod& method, const internal::ServerStreamHandler& handler,
                   grpc::CallbackServerContext& context, const grpc::ByteBuffer& request);

  void Entered(absl::Status status) override;
  void Run();
  void Write(const google::protobuf::Message& message, absl::AnyInvocable<void(bool)> written);
  void End(const absl::Status& status) { Finish(Leave(status)); }

  const internal::ServerStreamHandler& handler_;
  const grpc::ByteBuffer& request_bytes_;
  std::unique_ptr<google::protobuf::Message> request_;
  grpc::ByteBuffer outgoing_;
  absl::AnyInvocable<void(bool)> written_;
};

}  // namespace limpid::rpc

#pragma once

#include <array>
#include <memory>

#include <google/protobuf/arena.h>
#include <grpcpp/grpcpp.h>

#include "libs/rpc/server_call.h"
#include "libs/rpc/service.h"
#include "libs/rpc/unary_work.h"
#include "libs/rpc/wire.h"

namespace limpid::rpc {

/// One unary call over gRPC with a handler of ours: parse, admit, run, serialise. Deletes itself when gRPC is
/// done with it.
class UnaryCall final : public grpc::ServerUnaryReactor, private ServerCall, private UnaryWork {
 public:
  static grpc::ServerUnaryReactor* Start(const ServedMethod& method, const internal::UnaryHandler& handler,
                                         grpc::CallbackServerContext& context, const PassedBytes& request,
                                         PassedBytes& response);

  void OnCancel() override { RequestStop(); }
  void OnDone() override { delete this; }
  // Both reactions are short and never wait, so gRPC need not hop to another thread for them.
  bool InternalInlineable() override { return true; }

 private:
  UnaryCall(const ServedMethod& method, const internal::UnaryHandler& handler,
            grpc::CallbackServerContext& context, const PassedBytes& request, PassedBytes& response);

  void Entered(absl::Status status) override;
  void Ended(const absl::Status& status) override;

  const internal::UnaryHandler& handler_;
  const PassedBytes& request_bytes_;
  PassedBytes& response_bytes_;
  // Room for a small request and its answer, so that a typical call allocates none for messages.
  alignas(8) std::array<char, 2048> first_block_;
  google::protobuf::Arena arena_;
  google::protobuf::Message* response_ = nullptr;
};

}  // namespace limpid::rpc

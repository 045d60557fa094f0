#include "bench/limits/bare_grpc.h"

#include <functional>
#include <utility>

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/server_callback.h>

namespace limpid::bench {
namespace {

using grpc::ByteBuffer;
using Answer =
    std::function<grpc::ServerUnaryReactor*(grpc::CallbackServerContext*, const ByteBuffer*, ByteBuffer*)>;

class RawService final : public grpc::Service {
 public:
  explicit RawService(Answer answer) {
    AddMethod(
        new grpc::internal::RpcServiceMethod(kEchoMethod, grpc::internal::RpcMethod::NORMAL_RPC, nullptr));
    MarkMethodRawCallback(
        0, new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(std::move(answer)));
  }
};

struct Forwarded {
  grpc::ClientContext context;
  ByteBuffer request;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeEcho() {
  return std::make_unique<RawService>(
      [](grpc::CallbackServerContext* context, const ByteBuffer* request, ByteBuffer* response) {
        grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
        // The caller may have left before it had sent anything.
        if (request->Valid()) *response = *request;
        reactor->Finish(request->Valid() ? grpc::Status::OK : grpc::Status::CANCELLED);
        return reactor;
      });
}

std::unique_ptr<grpc::Service> MakeDoor(std::shared_ptr<grpc::Channel> target) {
  auto stub = std::make_shared<grpc::GenericStub>(std::move(target));
  return std::make_unique<RawService>(
      [stub](grpc::CallbackServerContext* context, const ByteBuffer* request, ByteBuffer* response) {
        grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
        if (!request->Valid()) {
          reactor->Finish(grpc::Status::CANCELLED);
          return reactor;
        }
        auto* forwarded = new Forwarded;
        forwarded->request = *request;
        forwarded->context.set_deadline(context->deadline());
        stub->UnaryCall(&forwarded->context, kEchoMethod, {}, &forwarded->request, response,
                        [reactor, forwarded](grpc::Status status) {
                          delete forwarded;
                          reactor->Finish(std::move(status));
                        });
        return reactor;
      });
}

}  // namespace limpid::bench

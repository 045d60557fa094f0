#include "libs/rpc/unary_call.h"

#include "libs/rpc/wire.h"

namespace limpid::rpc {
namespace {

google::protobuf::ArenaOptions FirstBlock(std::array<char, 2048>& block) {
  google::protobuf::ArenaOptions options;
  options.initial_block = block.data();
  options.initial_block_size = block.size();
  return options;
}

}  // namespace

grpc::ServerUnaryReactor* UnaryCall::Start(const ServedMethod& method, const internal::UnaryHandler& handler,
                                           grpc::CallbackServerContext& context, const PassedBytes& request,
                                           PassedBytes& response) {
  auto* call = new UnaryCall(method, handler, context, request, response);
  call->Enter();
  return call;
}

UnaryCall::UnaryCall(const ServedMethod& method, const internal::UnaryHandler& handler,
                     grpc::CallbackServerContext& context, const PassedBytes& request, PassedBytes& response)
    : ServerCall(method, context),
      handler_(handler),
      request_bytes_(request),
      response_bytes_(response),
      arena_(FirstBlock(first_block_)) {}

void UnaryCall::Entered(absl::Status status) {
  if (!status.ok()) return Ended(status);
  google::protobuf::Message* request = handler_.request_prototype->New(&arena_);
  if (status = ParseMessage(request_bytes_.bytes, *request); !status.ok()) return Ended(status);
  if (handler_.in_place) {
    response_ = handler_.response_prototype->New(&arena_);
  } else {
    // The handler's answer is moved into it: between an arena and the heap that would be a copy.
    response_ = handler_.response_prototype->New();
    arena_.Own(response_);
  }
  Work(handler_, method(), mutable_call(), *request, *response_);
}

void UnaryCall::Ended(const absl::Status& status) {
  if (status.ok()) {
    grpc::ByteBuffer bytes = SerializeMessage(*response_);
    response_bytes_.bytes.Swap(&bytes);
  }
  Finish(Leave(status));
}

}  // namespace limpid::rpc

#include "libs/rpc/unary_call.h"

#include <utility>

#include "libs/rpc/wire.h"

namespace limpid::rpc {
namespace {

google::protobuf::ArenaOptions FirstBlock(std::array<char, 2048>& block) {
  google::protobuf::ArenaOptions options;
  options.initial_block = block.data();
  options.initial_block_size = block.size();
  return options;
}

// Ends a call when the handler calls it, and also when the handler loses it: no caller waits for nothing.
class Ender {
 public:
  using End = void (*)(void* call, const absl::Status&, const google::protobuf::Message*);
  Ender(void* call, End end) : call_(call), end_(end) {}
  Ender(Ender&& other) noexcept : call_(std::exchange(other.call_, nullptr)), end_(other.end_) {}
  ~Ender() {
    if (call_ != nullptr) end_(call_, absl::InternalError("a handler dropped its call"), nullptr);
  }
  void operator()(const absl::Status& status, const google::protobuf::Message* response = nullptr) {
    end_(std::exchange(call_, nullptr), status, response);
  }

 private:
  void* call_;
  End end_;
};

}  // namespace

grpc::ServerUnaryReactor* UnaryCall::Start(const ServedMethod& method, const internal::UnaryHandler& handler,
                                           grpc::CallbackServerContext& context,
                                           const grpc::ByteBuffer& request, grpc::ByteBuffer& response) {
  auto* call = new UnaryCall(method, handler, context, request, response);
  call->Enter();
  return call;
}

UnaryCall::UnaryCall(const ServedMethod& method, const internal::UnaryHandler& handler,
                     grpc::CallbackServerContext& context, const grpc::ByteBuffer& request,
                     grpc::ByteBuffer& response)
    : ServerCall(method, context),
      handler_(handler),
      request_bytes_(request),
      response_bytes_(response),
      arena_(FirstBlock(first_block_)) {}

void UnaryCall::Entered(absl::Status status) {
  if (!status.ok()) return End(status, nullptr);
  request_ = handler_.request_prototype->New(&arena_);
  if (status = ParseMessage(request_bytes_, *request_); !status.ok()) return End(status, nullptr);
  if (!call().idempotency_key.empty() && call().request_digest.empty()) {
    mutable_call().request_digest = RequestDigest(*request_);
  }
  if (handler_.async) return RunAsync();
  if (handler_.run == Run::kInline) return RunInPlace();
  status = method().door->executor->Submit([this] {
    // Its turn may have come too late.
    if (absl::Status check = call().Check(); !check.ok()) return End(check, nullptr);
    RunInPlace();
  });
  if (!status.ok()) End(status, nullptr);
}

void UnaryCall::RunInPlace() {
  response_ = handler_.response_prototype->New(&arena_);
  if (handler_.sync) {
    const absl::Status status = handler_.sync(call(), *request_, *response_);
    return End(status, response_);
  }
  handler_.fill(call(), *request_, *response_,
                Ender(this, [](void* call, const absl::Status& status, const google::protobuf::Message*) {
                  auto* const self = static_cast<UnaryCall*>(call);
                  self->End(status, self->response_);
                }));
}

void UnaryCall::RunAsync() {
  handler_.async(
      call(), *request_,
      Ender(this, [](void* call, const absl::Status& status, const google::protobuf::Message* response) {
        static_cast<UnaryCall*>(call)->End(status, response);
      }));
}

void UnaryCall::End(const absl::Status& status, const google::protobuf::Message* response) {
  if (status.ok()) {
    grpc::ByteBuffer bytes = SerializeMessage(*response);
    response_bytes_.Swap(&bytes);
  }
  Finish(Leave(status));
}

}  // namespace limpid::rpc

#include "libs/rpc/server_stream_call.h"

#include <utility>

#include "libs/rpc/wire.h"

namespace limpid::rpc {

// The handler's end. The call lives until Finish, which comes from here, at the latest when the handler loses
// it.
class ServerStreamCall::Writer final : public internal::StreamWriter {
 public:
  explicit Writer(ServerStreamCall* call) : call_(call) {}
  ~Writer() override {
    if (call_ != nullptr) call_->End(absl::InternalError("a handler dropped its stream"));
  }
  void Write(const google::protobuf::Message& message, absl::AnyInvocable<void(bool)> written) override {
    call_->Write(message, std::move(written));
  }
  void Finish(absl::Status status) override { std::exchange(call_, nullptr)->End(status); }

 private:
  ServerStreamCall* call_;
};

grpc::ServerWriteReactor<grpc::ByteBuffer>* ServerStreamCall::Start(
    const ServedMethod& method, const internal::ServerStreamHandler& handler,
    grpc::CallbackServerContext& context, const grpc::ByteBuffer& request) {
  auto* call = new ServerStreamCall(method, handler, context, request);
  call->Enter();
  return call;
}

ServerStreamCall::ServerStreamCall(const ServedMethod& method, const internal::ServerStreamHandler& handler,
                                   grpc::CallbackServerContext& context, const grpc::ByteBuffer& request)
    : ServerCall(method, context), handler_(handler), request_bytes_(request) {}

void ServerStreamCall::Entered(absl::Status status) {
  if (!status.ok()) return End(status);
  request_.reset(handler_.request_prototype->New());
  if (status = ParseMessage(request_bytes_, *request_); !status.ok()) return End(status);
  if (handler_.run == rpc::Run::kInline) return Run();
  status = method().door->executor->Submit([this] { Run(); });
  if (!status.ok()) End(status);
}

void ServerStreamCall::Run() { handler_.start(call(), *request_, std::make_shared<Writer>(this)); }

void ServerStreamCall::Write(const google::protobuf::Message& message,
                             absl::AnyInvocable<void(bool)> written) {
  written_ = std::move(written);
  grpc::ByteBuffer bytes = SerializeMessage(message);
  outgoing_.Swap(&bytes);
  StartWrite(&outgoing_);
}

void ServerStreamCall::OnWriteDone(bool ok) {
  // Whoever hears of it may write the next message, or finish, before this returns.
  auto written = std::exchange(written_, nullptr);
  written(ok);
}

}  // namespace limpid::rpc

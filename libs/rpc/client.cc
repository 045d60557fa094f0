#include "libs/rpc/client.h"

#include <atomic>
#include <optional>
#include <stop_token>
#include <utility>

#include <google/protobuf/descriptor.h>
#include <grpcpp/alarm.h>

#include "libs/base/retry.h"
#include "libs/base/strings.h"
#include "libs/rpc/client_call.h"
#include "libs/rpc/grpc_time.h"
#include "libs/rpc/local_call.h"
#include "libs/rpc/misbuilt.h"
#include "libs/rpc/raw_client.h"
#include "libs/rpc/status.h"
#include "libs/rpc/wire.h"

namespace limpid::rpc {

Peer Peer::ForRepeatableCalls() const {
  Peer peer = *this;
  if (peer.repeatable.grpc != nullptr) peer.channel = std::exchange(peer.repeatable, {});
  return peer;
}

namespace internal {
namespace {

// The path with its leading slash, once it agrees with the descriptors.
std::string CheckedPath(std::string_view path, const google::protobuf::Message& request,
                        const google::protobuf::Message& response, bool streaming) {
  std::string full_name(path);
  if (const size_t slash = full_name.find('/'); slash != std::string::npos) full_name[slash] = '.';
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(full_name);
  if (method == nullptr) Misbuilt(StrCat("no linked proto defines the method ", path));
  if (method->input_type() != request.GetDescriptor() || method->output_type() != response.GetDescriptor()) {
    Misbuilt(StrCat(full_name, " is called with other types than its proto says"));
  }
  if (method->client_streaming() || method->server_streaming() != streaming) {
    Misbuilt(StrCat(full_name, " streams otherwise than it is called"));
  }
  return StrCat("/", path);
}

}  // namespace

struct Target {
  Target(Peer asked, std::string method_path)
      : peer(std::move(asked)),
        method(std::make_shared<RawClient>(peer), std::move(method_path)),
        local(peer.channel.local == nullptr ? nullptr : peer.channel.local->Find(method.path())) {}

  const Peer peer;
  const PeerMethod method;
  const LocalMethod* const local;  // Of a server in this process that answers the method itself.
};

static absl::Status BrokenAnswer(const Target& target) {
  return absl::InternalError(
      StrCat(target.peer.name, " sent an answer that is no message of ", target.method.path()));
}

// A unary call over gRPC. Deletes itself.
class RemoteCall final : private ClientCall {
 public:
  static void Start(std::shared_ptr<Target> target, const Call& call, std::unique_ptr<Exchange> exchange) {
    (new RemoteCall(std::move(target), call, std::move(exchange)))->Attempt();
  }

 private:
  RemoteCall(std::shared_ptr<Target> target, const Call& call, std::unique_ptr<Exchange> exchange)
      : ClientCall(target->method),
        target_(std::move(target)),
        call_(call),
        exchange_(std::move(exchange)),
        request_{&exchange_->request()},
        response_{&exchange_->response()} {
    if (RetryPolicy* retries = target_->peer.channel.retries.get()) retries->CountRequest();
  }

  void Attempt() {
    ++attempts_;
    Begin(call_, request_, response_);
  }

  void Answered(absl::Status status) override {
    if (status.ok() && !response_.read) status = BrokenAnswer(*target_);
    if (RetryPolicy* retries = target_->peer.channel.retries.get();
        retries != nullptr && absl::IsUnavailable(status)) {
      if (const auto delay = retries->NextDelay(attempts_, call_)) {
        pause_ = std::make_unique<grpc::Alarm>();
        return pause_->Set(GrpcTimeIn(*delay), [this](bool) { Attempt(); });
      }
    }
    const std::unique_ptr<Exchange> exchange = std::move(exchange_);
    delete this;
    exchange->End(std::move(status));
  }

  const std::shared_ptr<Target> target_;
  const Call call_;
  std::unique_ptr<Exchange> exchange_;
  const OutgoingMessage request_;
  IncomingMessage response_;
  int attempts_ = 0;
  std::unique_ptr<grpc::Alarm> pause_;  // Before another attempt: few calls have one.
};

// A server stream being read. Keeps itself alive until gRPC is done with it.
//
// Reads are started from outside gRPC's reactions, hence the hold: it keeps the call from ending between two
// reads, and is removed when no more will be started.
class ClientStream final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                           public std::enable_shared_from_this<ClientStream> {
 public:
  ClientStream(std::shared_ptr<Target> target, std::unique_ptr<google::protobuf::Message> message,
               ClientMethod::OnMessage on_message, ClientMethod::OnDone done)
      : target_(std::move(target)),
        message_(std::move(message)),
        on_message_(std::move(on_message)),
        done_(std::move(done)) {}

  void Start(const Call& call, const google::protobuf::Message& request) {
    self_ = shared_from_this();
    outgoing_ = SerializeMessage(request);
    target_->method.client().Prepare(call, /*streaming=*/true, context_);
    stop_token_ = call.stop;
    stop_.emplace(stop_token_, Canceller{&context_});
    target_->method.client().stub().PrepareBidiStreamingCall(&context_, target_->method.path(), {}, this);
    AddHold();
    StartWriteLast(&outgoing_, {});
    StartRead(&incoming_);
    StartCall();
  }

  void Next() { StartRead(&incoming_); }

  void Abandon() {
    abandoned_ = true;
    context_.TryCancel();
    RemoveHold();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return RemoveHold();
    if (broken_ = ParseMessage(incoming_, *message_); !broken_.ok()) return Abandon();
    on_message_(*message_, ReadNext(shared_from_this()));
  }

  void OnDone(const grpc::Status& status) override {
    stop_.reset();
    const std::shared_ptr<ClientStream> self = std::move(self_);
    if (!broken_.ok()) return done_(BrokenAnswer(*target_));
    done_(FromGrpc(status, target_->peer.name, abandoned_ || stop_token_.stop_requested()));
  }

 private:
  struct Canceller {
    grpc::ClientContext* context;
    void operator()() const { context->TryCancel(); }
  };

  const std::shared_ptr<Target> target_;
  const std::unique_ptr<google::protobuf::Message> message_;
  ClientMethod::OnMessage on_message_;
  ClientMethod::OnDone done_;
  grpc::ClientContext context_;
  grpc::ByteBuffer outgoing_;
  grpc::ByteBuffer incoming_;
  absl::Status broken_;
  std::atomic<bool> abandoned_ = false;
  std::stop_token stop_token_;
  std::shared_ptr<ClientStream> self_;
  std::optional<std::stop_callback<Canceller>> stop_;
};

ReadNext& ReadNext::operator=(ReadNext&& other) noexcept {
  std::swap(stream_, other.stream_);
  return *this;
}

ReadNext::~ReadNext() {
  if (stream_ != nullptr) stream_->Abandon();
}

void ReadNext::operator()() { std::exchange(stream_, nullptr)->Next(); }

ClientMethod::ClientMethod(Peer peer, std::string_view path,
                           const google::protobuf::Message& request_prototype,
                           const google::protobuf::Message& response_prototype, bool streaming)
    : target_(std::make_shared<Target>(
          std::move(peer), CheckedPath(path, request_prototype, response_prototype, streaming))) {}

void ClientMethod::Unary(const Call& call, std::unique_ptr<Exchange> exchange) const {
  if (target_->local != nullptr) {
    return LocalCall::Start(target_->peer.channel.local, *target_->local, target_->peer, call,
                            std::move(exchange));
  }
  RemoteCall::Start(target_, call, std::move(exchange));
}

void ClientMethod::Stream(const Call& call, const google::protobuf::Message& request,
                          std::unique_ptr<google::protobuf::Message> message, OnMessage on_message,
                          OnDone done) const {
  if (absl::Status status = call.Check(); !status.ok()) return done(std::move(status));
  std::make_shared<ClientStream>(target_, std::move(message), std::move(on_message), std::move(done))
      ->Start(call, request);
}

}  // namespace internal
}  // namespace limpid::rpc

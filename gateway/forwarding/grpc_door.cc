#include "gateway/forwarding/grpc_door.h"

#include <stop_token>
#include <utility>

#include "google/protobuf/descriptor.h"

#include "gateway/domain/stream_stop.h"
#include "gateway/forwarding/peer_stream.h"
#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/strings.h"
#include "libs/rpc/access.h"
#include "libs/rpc/client_call.h"
#include "libs/rpc/descriptor_service.h"
#include "libs/rpc/raw_client.h"
#include "libs/rpc/server_call.h"
#include "libs/rpc/status.h"
#include "libs/rpc/wire.h"

namespace limpid::gateway {
namespace {

using grpc::ByteBuffer;
using rpc::PassedBytes;
using rpc::PeerMethod;
using rpc::RawClient;
using rpc::ServedMethod;

// Each call deletes itself when gRPC is done with it, and keeps the client alive until then.
class ForwardedUnary final : public grpc::ServerUnaryReactor,
                             private rpc::ServerCall,
                             private rpc::ClientCall {
 public:
  ForwardedUnary(std::shared_ptr<const PeerMethod> asked, const ServedMethod& served,
                 grpc::CallbackServerContext& context, const PassedBytes& request, PassedBytes& response)
      : ServerCall(served, context),
        ClientCall(*asked),
        asked_(std::move(asked)),
        request_(request),
        response_(response) {
    Enter();
  }
  void OnCancel() override { RequestStop(); }
  void OnDone() override { delete this; }
  bool InternalInlineable() override { return true; }

 private:
  void Entered(absl::Status status) override {
    if (status.ok()) status = rpc::CheckSent(request_.bytes);
    if (!status.ok()) return Finish(Leave(status));
    Begin(call(), request_, response_);
  }
  void Answered(absl::Status status) override { Finish(Leave(status)); }

  const std::shared_ptr<const PeerMethod> asked_;
  const PassedBytes& request_;
  PassedBytes& response_;
};

class ForwardedServerStream final : public grpc::ServerWriteReactor<ByteBuffer>,
                                    private rpc::ServerCall,
                                    private PeerStream::Listener {
 public:
  ForwardedServerStream(std::shared_ptr<RawClient> client, std::stop_token ending, const ServedMethod& served,
                        grpc::CallbackServerContext& context, const ByteBuffer& request)
      : ServerCall(served, context),
        client_(std::move(client)),
        ending_(std::move(ending)),
        stop_(call().stop, ending_),
        request_(request),
        peer_(*client_, *this) {
    mutable_call().stop = stop_.token();
    Enter();
  }
  void OnCancel() override { RequestStop(); }
  void OnDone() override { delete this; }
  void OnWriteDone(bool ok) override { ok ? peer_.Read() : peer_.Abandon(); }

 private:
  void Entered(absl::Status status) override {
    if (status.ok()) status = rpc::CheckSent(request_);
    if (!status.ok()) return Finish(Leave(Why(std::move(status))));
    peer_.Start(call(), method().path);
    peer_.SendLast(request_);
  }
  void OnPeerMessage(ByteBuffer& message) override {
    outgoing_.Swap(&message);
    StartWrite(&outgoing_);
  }
  void OnPeerTook() override {}
  void OnPeerEnd(grpc::Status status) override {
    Finish(Leave(Why(rpc::FromGrpc(status, client_->peer_name(), call().Stopped()))));
  }
  // A stream that the door gave up is not one that its reader gave up.
  absl::Status Why(absl::Status status) const {
    return absl::IsCancelled(status) && ending_.stop_requested() ? Unavailable("gateway") : status;
  }

  const std::shared_ptr<RawClient> client_;
  const std::stop_token ending_;
  const StreamStop stop_;
  const ByteBuffer request_;
  ByteBuffer outgoing_;
  PeerStream peer_;
};

class ForwardedBidi final : public grpc::ServerBidiReactor<ByteBuffer, ByteBuffer>,
                            private rpc::ServerCall,
                            private PeerStream::Listener {
 public:
  ForwardedBidi(std::shared_ptr<RawClient> client, const ServedMethod& served,
                grpc::CallbackServerContext& context)
      : ServerCall(served, context), client_(std::move(client)), peer_(*client_, *this) {
    Enter();
  }
  void OnCancel() override { RequestStop(); }
  void OnDone() override { delete this; }
  void OnReadDone(bool ok) override { ok ? peer_.Send(incoming_) : peer_.SendNoMore(); }
  void OnWriteDone(bool ok) override { ok ? peer_.Read() : peer_.Abandon(); }

 private:
  void Entered(absl::Status status) override {
    if (!status.ok()) return Finish(Leave(status));
    peer_.Start(call(), method().path);
    StartRead(&incoming_);
  }
  void OnPeerMessage(ByteBuffer& message) override {
    outgoing_.Swap(&message);
    StartWrite(&outgoing_);
  }
  void OnPeerTook() override { StartRead(&incoming_); }
  void OnPeerEnd(grpc::Status status) override {
    Finish(Leave(rpc::FromGrpc(status, client_->peer_name(), call().Stopped())));
  }

  const std::shared_ptr<RawClient> client_;
  ByteBuffer incoming_;
  ByteBuffer outgoing_;
  PeerStream peer_;
};

}  // namespace

std::unique_ptr<rpc::Service> MakeForwardingService(std::string_view full_name,
                                                    std::shared_ptr<const rpc::Door> door,
                                                    const rpc::Peer& peer, std::stop_token ending) {
  auto service = std::make_unique<rpc::DescriptorService>(full_name, std::move(door));
  auto client = std::make_shared<RawClient>(peer);
  for (int i = 0; i < service->descriptor().method_count(); ++i) {
    const google::protobuf::MethodDescriptor& method = *service->descriptor().method(i);
    if (rpc::Access(method).internal()) continue;
    if (method.client_streaming()) {
      service->AddBidi(method.name(),
                       [client](const ServedMethod& served, grpc::CallbackServerContext& context) {
                         return new ForwardedBidi(client, served, context);
                       });
    } else if (method.server_streaming()) {
      service->AddServerStream(
          method.name(), [client, ending](const ServedMethod& served, grpc::CallbackServerContext& context,
                                          const ByteBuffer& request) {
            return new ForwardedServerStream(client, ending, served, context, request);
          });
    } else {
      auto asked = std::make_shared<const PeerMethod>(client, StrCat("/", full_name, "/", method.name()));
      service->AddUnary(method.name(),
                        [asked](const ServedMethod& served, grpc::CallbackServerContext& context,
                                const PassedBytes& request, PassedBytes& response) {
                          return new ForwardedUnary(asked, served, context, request, response);
                        });
    }
  }
  return service;
}

}  // namespace limpid::gateway

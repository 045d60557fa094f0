#include "libs/rpc/raw_client.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <stop_token>
#include <utility>

#include "libs/base/clock.h"
#include "libs/rpc/call_line.h"
#include "libs/rpc/grpc_time.h"
#include "libs/rpc/metadata.h"
#include "libs/rpc/status.h"

namespace limpid::rpc {
namespace {

// What a caller keeps for itself, to answer in time when a peer is late.
constexpr absl::Duration kReserve = absl::Milliseconds(20);

void AddUnlessEmpty(grpc::ClientContext& context, const char* key, const std::string& value) {
  if (!value.empty()) context.AddMetadata(key, value);
}

}  // namespace

absl::Duration HopBudget(absl::Duration remaining) { return std::max(remaining - kReserve, remaining / 2); }

// One call in flight. Deletes itself.
class RawClient::UnaryCall {
 public:
  UnaryCall(std::string_view peer, std::stop_token stop_token, Done<grpc::ByteBuffer> done)
      : peer_(peer), stop_token_(std::move(stop_token)), done_(std::move(done)) {}

  void Start(RawClient& client, const Call& call, const std::string& path, const grpc::ByteBuffer& request) {
    client.Prepare(call, /*streaming=*/false, context_);
    // Before the call begins: a stop before that is remembered by the context, and after it the call may be
    // over and this object gone.
    stop_.emplace(stop_token_, Canceller{&context_});
    client.stub_.UnaryCall(&context_, path, {}, &request, &response_,
                           [this](const grpc::Status& status) { Finish(status); });
  }

 private:
  struct Canceller {
    grpc::ClientContext* context;
    void operator()() const { context->TryCancel(); }
  };

  void Finish(const grpc::Status& status) {
    stop_.reset();  // Waits for a TryCancel under way on another thread.
    Done<grpc::ByteBuffer> done = std::move(done_);
    absl::StatusOr<grpc::ByteBuffer> result = status.ok()
                                                  ? absl::StatusOr<grpc::ByteBuffer>(response_)
                                                  : FromGrpc(status, peer_, stop_token_.stop_requested());
    delete this;
    done(std::move(result));
  }

  const std::string_view peer_;
  const std::stop_token stop_token_;
  Done<grpc::ByteBuffer> done_;
  grpc::ClientContext context_;
  grpc::ByteBuffer response_;
  std::optional<std::stop_callback<Canceller>> stop_;
};

RawClient::RawClient(Peer peer) : peer_(std::move(peer)), stub_(peer_.channel.grpc) {}

void RawClient::Unary(const Call& call, const std::string& path, const grpc::ByteBuffer& request,
                      Done<grpc::ByteBuffer> done) {
  if (absl::Status status = call.Check(); !status.ok()) return done(std::move(status));
  auto* in_flight = new UnaryCall(peer_.name, call.stop, std::move(done));
  in_flight->Start(*this, call, path, request);
}

void RawClient::Prepare(const Call& call, bool streaming, grpc::ClientContext& context) const {
  const absl::Duration remaining = call.Remaining();
  if (remaining != absl::InfiniteDuration()) {
    context.set_deadline(GrpcTimeIn(HopBudget(remaining)));
  } else if (!streaming) {
    context.set_deadline(GrpcTimeIn(peer_.default_timeout));
  }
  if (peer_.signer != nullptr) {
    context.AddMetadata(kCallKey, MakeCallLine(call, *peer_.signer));
  } else {
    AddUnlessEmpty(context, kAuthorizationKey, peer_.authorization);
    AddUnlessEmpty(context, kRequestIdKey, call.request_id);
    AddUnlessEmpty(context, kAcceptLanguageKey, call.language);
  }
  AddUnlessEmpty(context, kTraceparentKey, call.traceparent);
  AddUnlessEmpty(context, kIdempotencyKeyKey, call.idempotency_key);
  AddUnlessEmpty(context, kRequestDigestKey, call.request_digest);
}

}  // namespace limpid::rpc

#include "libs/rpc/raw_client.h"

#include <algorithm>
#include <utility>

#include "libs/rpc/call_line.h"
#include "libs/rpc/grpc_time.h"
#include "libs/rpc/metadata.h"

namespace limpid::rpc {
namespace {

// What a caller keeps for itself, to answer in time when a peer is late.
constexpr absl::Duration kReserve = absl::Milliseconds(20);

void AddUnlessEmpty(grpc::ClientContext& context, const char* key, const std::string& value) {
  if (!value.empty()) context.AddMetadata(key, value);
}

}  // namespace

absl::Duration HopBudget(absl::Duration remaining) { return std::max(remaining - kReserve, remaining / 2); }

RawClient::RawClient(Peer peer) : peer_(std::move(peer)), stub_(peer_.channel.grpc) {}

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

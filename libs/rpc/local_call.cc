#include "libs/rpc/local_call.h"

#include <utility>

#include "libs/base/error.h"
#include "libs/rpc/call_line.h"
#include "libs/rpc/grpc_time.h"
#include "libs/rpc/metadata.h"
#include "libs/rpc/status.h"

namespace limpid::rpc {

void LocalCall::CallerGone::operator()() const { call->Abandon(Cancelled()); }
void LocalCall::ServerGone::operator()() const { call->Abandon(Unavailable(call->peer_name_)); }

void LocalCall::Start(const std::shared_ptr<LocalServer>& server, const LocalMethod& method,
                      const rpc::Peer& peer, const Call& call, std::unique_ptr<internal::Exchange> exchange) {
  if (absl::Status status = call.Check(); !status.ok()) return exchange->End(std::move(status));
  LocalServer::Visit visit(server);
  if (!visit) return exchange->End(Unavailable(peer.name));
  const absl::Duration remaining = call.Remaining();
  const absl::Duration budget =
      remaining == absl::InfiniteDuration() ? peer.default_timeout : HopBudget(remaining);
  const SteadyTime now = SystemClock().SteadyNow();
  const auto started =
      std::make_shared<LocalCall>(std::move(visit), method, peer, call, now,
                                  now + absl::ToChronoNanoseconds(budget), std::move(exchange));
  started->self_ = started;
  started->Enter();
  // Most calls compute, and are over now.
  if (started->phase_.load(std::memory_order_acquire) != Phase::kEnded) started->Watch(server->cancelled());
}

LocalCall::LocalCall(LocalServer::Visit visit, const LocalMethod& method, const rpc::Peer& peer,
                     const Call& call, SteadyTime begin, SteadyTime deadline,
                     std::unique_ptr<internal::Exchange> exchange)
    : ServedCall(*method.served, *this, begin, deadline),
      method_(method),
      peer_name_(peer.name),
      caller_(call),
      call_line_(peer.signer == nullptr ? std::string() : MakeCallLine(call, *peer.signer)),
      authorization_(peer.authorization),
      exchange_(std::move(exchange)),
      visit_(std::move(visit)) {}

std::optional<std::string_view> LocalCall::Get(std::string_view name) const {
  const auto given = [](const std::string& value) {
    return value.empty() ? std::nullopt : std::optional<std::string_view>(value);
  };
  if (name == kCallKey) return given(call_line_);
  if (name == kTraceparentKey) return given(caller_.traceparent);
  if (name == kIdempotencyKeyKey) return given(caller_.idempotency_key);
  if (name == kRequestDigestKey) return given(caller_.request_digest);
  if (!call_line_.empty()) return std::nullopt;
  // A caller that is no service of ours.
  if (name == kAuthorizationKey) return given(authorization_);
  if (name == kRequestIdKey) return given(caller_.request_id);
  if (name == kAcceptLanguageKey) return given(caller_.language);
  return std::nullopt;
}

void LocalCall::Entered(absl::Status status) {
  if (!status.ok()) return Ended(status);
  Work(*method_.handler, *method_.served, mutable_call(), exchange_->request(), exchange_->response());
}

void LocalCall::Ended(const absl::Status& status) {
  const std::shared_ptr<LocalCall> alive = std::move(self_);
  const absl::Status seen = Conclude(status);
  if (phase_.exchange(Phase::kEnded, std::memory_order_acq_rel) == Phase::kWatched) deadline_->Cancel();
  // The server may end from here on.
  visit_.reset();
  if (answered_.exchange(true)) return;
  // An error is what it would have become on a wire: cut to size, and unknown faults in the peer's name.
  exchange_->End(seen.ok() ? seen : FromGrpc(ToGrpc(seen), peer_name_, caller_.Stopped()));
}

void LocalCall::Watch(std::stop_token server_ends) {
  deadline_.emplace();
  deadline_->Set(GrpcTimeIn(call().Remaining()), [alive = shared_from_this()](bool expired) mutable {
    // The alarm keeps this function for as long as the call keeps the alarm.
    const std::shared_ptr<LocalCall> watched = std::move(alive);
    if (expired) watched->Abandon(DeadlineExceeded());
  });
  Phase running = Phase::kRunning;
  if (!phase_.compare_exchange_strong(running, Phase::kWatched, std::memory_order_acq_rel)) {
    return deadline_->Cancel();
  }
  caller_gone_.emplace(caller_.stop, CallerGone{this});
  server_gone_.emplace(std::move(server_ends), ServerGone{this});
}

void LocalCall::Abandon(absl::Status status) {
  // Gone already when the call is ending on another thread, which waits for this function.
  const std::shared_ptr<LocalCall> alive = weak_from_this().lock();
  if (alive == nullptr || answered_.exchange(true)) return;
  RequestStop();
  exchange_->End(std::move(status));
}

}  // namespace limpid::rpc

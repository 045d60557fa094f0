#include "tests/libs/rpc/echo_server.h"

#include <algorithm>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::rpc {
namespace {

EchoResponse Answer(const Call& call, const EchoRequest& request) {
  EchoResponse response;
  response.set_text(request.text());
  response.set_tenant(call.tenant.value());
  response.set_role(std::string(RoleName(call.role)));
  response.set_key(call.key.value());
  response.set_request_id(call.request_id);
  response.set_traceparent(call.traceparent);
  response.set_language(call.language);
  response.set_idempotency_key(call.idempotency_key);
  response.set_request_digest(call.request_digest);
  response.set_remaining_ms(absl::ToInt64Milliseconds(call.Remaining()));
  return response;
}

// The longest error that there is: more violations than are sent, and a sentence of which each letter takes
// the most.
absl::Status EverythingWrong() {
  ErrorCollector errors;
  for (int i = 0; i < 200; ++i)
    errors.Add(StrCat("nested[", i, "].text"), reason::kTooLong, "Raccourcir ce texte.");
  std::string sentence;
  for (int i = 0; i < 1000; ++i) sentence += "é";
  absl::Status status(absl::StatusCode::kInvalidArgument, sentence);
  errors.Finish().ForEachPayload(
      [&](absl::string_view type, const absl::Cord& payload) { status.SetPayload(type, payload); });
  return status;
}

// Counts up as fast as its reader reads. Keeps itself alive from one message to the next.
class Counting : public std::enable_shared_from_this<Counting> {
 public:
  Counting(ServerStream<EchoResponse> stream, int count, std::function<void()> reader_gone)
      : stream_(std::move(stream)), count_(count), reader_gone_(std::move(reader_gone)) {}

  void Next() {
    if (count_ < 0)
      return stream_.Finish(FailedPrecondition(reason::kFailedPrecondition, "cannot count down"));
    if (number_ == count_) return stream_.Finish(absl::OkStatus());
    EchoResponse response;
    response.set_number(++number_);
    stream_.Write(response, [self = shared_from_this()](bool ok) {
      if (ok) return self->Next();
      self->reader_gone_();
      self->stream_.Finish(Cancelled());
    });
  }

 private:
  ServerStream<EchoResponse> stream_;
  const int count_;
  const std::function<void()> reader_gone_;
  int number_ = 0;
};

}  // namespace

EchoServer::EchoServer(Options options)
    : options_(std::move(options)),
      signer_(std::make_shared<PrincipalSigner>(PrincipalKeys{"the first key"})) {
  auto executor = options_.executor
                      ? options_.executor
                      : std::make_shared<Executor>(Executor::Options{.name = "echo", .threads = 2});
  door_ = std::make_shared<Door>(
      Door{.domain = "echo.limpid",
           .authenticator = MakePrincipalAuthenticator(
               std::make_shared<PrincipalVerifier>(PrincipalKeys{"the next key", "the first key"})),
           .executor = std::move(executor),
           .default_deadline = absl::Seconds(30),
           .outer = options_.outer,
           .observers = options_.observers});
  std::vector<std::unique_ptr<Service>> services;
  services.push_back(MakeService());
  server_ = Server::Start(options_.server, std::move(services)).value();
}

std::unique_ptr<Service> EchoServer::MakeService() {
  const auto answer = [](const Call& call, const EchoRequest& request) -> absl::StatusOr<EchoResponse> {
    return Answer(call, request);
  };
  const auto fill = [this](const Call& call, const EchoRequest& request, EchoResponse& response,
                           absl::AnyInvocable<void(absl::Status)> finish) {
    if (request.text() == "lost") return;
    if (request.text() == "missing") return finish(NotFound("echo", "missing"));
    response = Answer(call, request);
    finisher_.Submit([finish = std::move(finish)]() mutable { finish(absl::OkStatus()); }).IgnoreError();
  };
  return ServiceBuilder("limpid.testing.v1.EchoService", door_)
      .Unary<EchoRequest, EchoResponse>(
          "Echo",
          [this](const Call& call, const EchoRequest& request, EchoResponse& response) {
            ++echoed_;
            response = Answer(call, request);
            return absl::OkStatus();
          },
          {.run = Run::kInline})
      .Unary<EchoRequest, EchoResponse>(
          "EchoOnExecutor",
          [this](const Call& call, const EchoRequest& request) -> absl::StatusOr<EchoResponse> {
            if (request.text() == "unavailable once" && !was_unavailable_.exchange(true))
              return Unavailable("store");
            if (request.text() == "everything wrong") return EverythingWrong();
            if (request.text() == "broken") return absl::InternalError("secret");
            if (request.text() == "missing") return NotFound("echo", "missing");
            return Answer(call, request);
          })
      .Unary<EchoRequest, EchoResponse>("EchoFilled", fill)
      .Map<EchoRequest, EchoResponse>("EchoEachFilled", fill, {.run = Run::kInline})
      .Unary<EchoRequest, EchoResponse>(
          "EchoLater",
          [this](const Call& call, const EchoRequest&, Done<EchoResponse> done) {
            MutexLock lock(mutex_);
            waiting_.push_back({call, std::move(done)});
            changed_.NotifyAll();
          })
      .Stream<EchoRequest, EchoResponse>(
          "Count",
          [this](const Call&, const EchoRequest& request, ServerStream<EchoResponse> stream) {
            std::make_shared<Counting>(std::move(stream), request.count(), [this] {
              MutexLock lock(mutex_);
              reader_gone_ = true;
              changed_.NotifyAll();
            })->Next();
          },
          {.run = Run::kInline})
      .Map<EchoRequest, EchoResponse>(
          "EchoEach",
          [this](const Call& call, const EchoRequest& request) -> absl::StatusOr<EchoResponse> {
            const int now = ++in_flight_;
            for (int seen = most_in_flight_;
                 seen < now && !most_in_flight_.compare_exchange_weak(seen, now);) {
            }
            --in_flight_;
            if (request.text() == "stop")
              return FailedPrecondition(reason::kFailedPrecondition, "asked to stop");
            return Answer(call, request);
          },
          {.max_in_flight = options_.max_in_flight})
      .Unary<EchoRequest, EchoResponse>("Open", answer)
      .Unary<EchoRequest, EchoResponse>("Internal", answer)
      .Unary<EchoRequest, EchoResponse>("Closed", answer)
      .Build();
}

std::string EchoServer::target() const { return StrCat("127.0.0.1:", server_->port()); }

Channel EchoServer::channel() {
  if (options_.server.address.empty()) return server_->InProcessChannel();
  return MakeChannel({.target = target()});
}

Peer EchoServer::peer() { return {.name = "echo", .channel = channel(), .signer = signer_}; }

WaitingCall EchoServer::TakeWaiting() {
  MutexLock lock(mutex_);
  changed_.Wait(mutex_, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return !waiting_.empty(); });
  WaitingCall call = std::move(waiting_.front());
  waiting_.pop_front();
  return call;
}

void EchoServer::AwaitReaderGone() {
  MutexLock lock(mutex_);
  changed_.Wait(mutex_, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return reader_gone_; });
}

Call StandardCall() {
  Call call;
  call.tenant = TenantId("acme");
  call.role = Role::kStandard;
  call.key = KeyId("key-1");
  call.request_id = "request-1";
  return call;
}

absl::StatusOr<EchoResponse> Say(const Peer& peer, std::string_view method, const Call& call,
                                 const EchoRequest& request) {
  return CallAndWait(
      UnaryMethod<EchoRequest, EchoResponse>(peer, StrCat("limpid.testing.v1.EchoService/", method)), call,
      request);
}

}  // namespace limpid::rpc

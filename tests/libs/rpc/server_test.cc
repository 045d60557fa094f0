#include "libs/rpc/server.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "tests/libs/rpc/echo_server.h"
#include "tests/libs/rpc/raw_calls.h"

namespace limpid::rpc {
namespace {

// grpc.health.v1.HealthCheckResponse in wire format.
constexpr char kServing[] = "\x08\x01";
constexpr char kNotServing[] = "\x08\x02";

std::string Health(const std::shared_ptr<grpc::Channel>& channel) {
  static const std::string path = "/grpc.health.v1.Health/Check";
  const std::string name = "limpid.testing.v1.EchoService";
  grpc::ClientContext context;
  std::string response;
  const std::string request = std::string("\x0a") + static_cast<char>(name.size()) + name;
  EXPECT_TRUE(RawCall({.grpc = channel}, path, request, context, &response).ok());
  return response;
}

TEST(Server, TellsItsHealth) {
  EchoServer server;
  // Not a channel of ours, which leaves a server that does not serve.
  const auto channel = grpc::CreateChannel(server.target(), grpc::InsecureChannelCredentials());
  EXPECT_EQ(Health(channel), kServing);
  server.server().AnnounceDrain();
  EXPECT_EQ(Health(channel), kNotServing);
  const Peer peer{.name = "echo", .channel = {.grpc = channel}, .signer = server.signer()};
  EXPECT_TRUE(Say(peer, "Echo", StandardCall()).ok()) << "calls are still accepted";
}

TEST(Server, ListsItsServicesByReflection) {
  EchoServer server;
  static const std::string path = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  grpc::GenericStub stub(server.channel().grpc);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto stream = stub.PrepareCall(&context, path, &queue);
  const auto wait = [&] {
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue.Next(&tag, &ok) && ok);
  };
  stream->StartCall(nullptr);
  wait();
  stream->WriteLast(BytesOf("\x3a\x01*"), {}, nullptr);  // list_services: "*"
  wait();
  grpc::ByteBuffer answer;
  stream->Read(&answer, nullptr);
  wait();
  EXPECT_THAT(TextOf(answer), ::testing::HasSubstr("limpid.testing.v1.EchoService"));
  EXPECT_THAT(TextOf(answer), ::testing::HasSubstr("grpc.health.v1.Health"));
  grpc::Status status;
  stream->Finish(&status, nullptr);
  wait();
  EXPECT_TRUE(status.ok());
  queue.Shutdown();
}

TEST(Server, NamesAnAddressThatIsInUse) {
  EchoServer first;
  const auto second = Server::Start({.address = first.target()}, {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()), ::testing::HasSubstr(first.target()));
}

// Calls Echo over and over until told to stop or until a call fails.
class Callers {
 public:
  explicit Callers(const Peer& peer) : echo_(peer, "limpid.testing.v1.EchoService/Echo") {
    for (int i = 0; i < 4; ++i) threads_.emplace_back([this] { Run(); });
  }
  ~Callers() { Join(); }
  void Stop() { stop_ = true; }
  void Join() {
    for (std::thread& thread : std::exchange(threads_, {})) thread.join();
  }
  int answered() const { return answered_; }
  void AwaitAnswers(int more) const {
    for (const int begin = answered_; answered_ < begin + more;) std::this_thread::yield();
  }
  const std::vector<absl::Status>& failures() const { return failures_; }

 private:
  void Run() {
    while (!stop_) {
      const auto said = CallAndWait(echo_, StandardCall().Within(absl::Seconds(60)), EchoRequest());
      if (said.ok()) {
        ++answered_;
        continue;
      }
      MutexLock lock(mutex_);
      failures_.push_back(said.status());
      return;
    }
  }

  const UnaryMethod<EchoRequest, EchoResponse> echo_;
  std::atomic<bool> stop_ = false;
  std::atomic<int> answered_ = 0;
  Mutex mutex_;
  std::vector<absl::Status> failures_;
  std::vector<std::thread> threads_;
};

TEST(Server, DrainsUnderLoadWithoutLosingACallThatItAccepted) {
  EchoServer server;
  Callers callers(
      {.name = "echo",
       // Not a channel of ours, which would leave as soon as the server announces that it drains.
       .channel = {.grpc = grpc::CreateChannel(server.target(), grpc::InsecureChannelCredentials())},
       .signer = server.signer()});
  callers.AwaitAnswers(500);
  server.server().AnnounceDrain();
  callers.AwaitAnswers(500);
  server.server().Drain(absl::Seconds(60));
  callers.Join();
  EXPECT_EQ(server.echoed(), callers.answered());
  for (const absl::Status& failure : callers.failures()) {
    EXPECT_EQ(failure.code(), absl::StatusCode::kUnavailable) << failure;
  }
}

TEST(Server, LeavesItsCallersToAnotherReplicaBeforeItCloses) {
  EchoServer first;
  EchoServer second;
  Callers callers({.name = "echo",
                   .channel = MakeChannel({.target = "ipv4:" + first.target() + "," + second.target()}),
                   .signer = first.signer()});
  while (first.echoed() < 100 || second.echoed() < 100) std::this_thread::yield();
  first.server().AnnounceDrain();
  // Its callers have left when the other one alone has answered for a while.
  for (int before = -1; before != first.echoed();) {
    before = first.echoed();
    callers.AwaitAnswers(500);
  }
  first.server().Drain(absl::Seconds(60));
  callers.AwaitAnswers(100);
  callers.Stop();
  callers.Join();
  EXPECT_THAT(callers.failures(), ::testing::IsEmpty());
}

TEST(Channel, RepeatsReadsThatAreListedAndNothingElse) {
  const std::string method = "limpid.testing.v1.EchoService/EchoOnExecutor";
  EchoRequest request;
  request.set_text("unavailable once");
  for (const bool listed : {true, false}) {
    EchoServer server;
    const Peer peer{
        .name = "echo",
        .channel = MakeChannel({.target = server.target(),
                                .retried_reads = listed ? std::vector{method} : std::vector<std::string>()}),
        .signer = server.signer()};
    EXPECT_EQ(Say(peer, "EchoOnExecutor", StandardCall(), request).ok(), listed);
  }
}

class RepeatableCalls : public ::testing::Test {
 protected:
  static Peer PeerAt(const std::string& target, const EchoServer& server) {
    return {.name = "echo",
            .channel = MakeChannel({.target = target, .repeatable = true}),
            .signer = server.signer()};
  }
  static absl::StatusOr<EchoResponse> Ask(const Peer& peer, const std::string& text,
                                          absl::Duration budget = absl::Seconds(60)) {
    EchoRequest request;
    request.set_text(text);
    return Say(peer, "EchoOnExecutor", StandardCall().Within(budget), request);
  }

  EchoServer server_;
  const Peer peer_ = PeerAt(server_.target(), server_);
};

TEST_F(RepeatableCalls, AreMadeAgainWhenThePeerWasUnavailable) {
  EXPECT_TRUE(Ask(peer_, "unavailable once").ok());
}

TEST_F(RepeatableCalls, AreNotMadeAgainForAnotherFault) {
  EXPECT_EQ(Ask(peer_, "missing").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Ask(peer_, "broken").status().code(), absl::StatusCode::kInternal);
}

TEST_F(RepeatableCalls, AreNotMadeAgainWhenTheWaitWouldOutliveTheDeadline) {
  // The least pause is half of the policy's 20 ms.
  const absl::Status status = Ask(peer_, "unavailable once", absl::Milliseconds(9)).status();
  EXPECT_FALSE(status.ok());
}

TEST_F(RepeatableCalls, TellWhoIsUnavailableWhenNobodyListens) {
  const std::string target = server_.target();
  server_.server().Drain(absl::ZeroDuration());
  const absl::Status status = Ask(PeerAt(target, server_), "hello").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), reason::kServiceUnavailable);
}

TEST_F(RepeatableCalls, EndAtTheirDeadline) {
  UnaryMethod<EchoRequest, EchoResponse> later(peer_, "limpid.testing.v1.EchoService/EchoLater");
  const absl::StatusOr<EchoResponse> answer =
      CallAndWait(later, StandardCall().Within(absl::Milliseconds(50)), EchoRequest());
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kDeadlineExceeded);
  WaitingCall waiting = server_.TakeWaiting();
  waiting.done(EchoResponse());
}

class Drain : public ::testing::TestWithParam<const char*> {
 protected:
  EchoServer::Options Options() const { return {.server = {.address = GetParam()}}; }
};

INSTANTIATE_TEST_SUITE_P(Server, Drain, ::testing::Values("127.0.0.1:0", ""),
                         [](const auto& row) { return *row.param == '\0' ? "InProcess" : "Tcp"; });

TEST_P(Drain, LetsARunningCallFinish) {
  EchoServer server(Options());
  std::promise<absl::StatusOr<EchoResponse>> answer;
  UnaryMethod<EchoRequest, EchoResponse> later(server.peer(), "limpid.testing.v1.EchoService/EchoLater");
  later(StandardCall().Within(absl::Seconds(60)), {},
        [&](absl::StatusOr<EchoResponse> response) { answer.set_value(std::move(response)); });
  WaitingCall waiting = server.TakeWaiting();
  std::thread draining([&] { server.server().Drain(absl::Seconds(60)); });
  while (Say(server.peer(), "Echo", StandardCall().Within(absl::Seconds(5))).ok()) {
  }
  EXPECT_FALSE(waiting.call.Stopped());
  waiting.done(EchoResponse());
  EXPECT_TRUE(answer.get_future().get().ok());
  draining.join();
}

TEST_P(Drain, CancelsWhatOutlivesTheGrace) {
  EchoServer server(Options());
  std::promise<absl::StatusOr<EchoResponse>> answer;
  UnaryMethod<EchoRequest, EchoResponse> later(server.peer(), "limpid.testing.v1.EchoService/EchoLater");
  later(StandardCall().Within(absl::Seconds(60)), {},
        [&](absl::StatusOr<EchoResponse> response) { answer.set_value(std::move(response)); });
  WaitingCall waiting = server.TakeWaiting();
  std::stop_callback on_stop(waiting.call.stop, [&] { waiting.done(Cancelled()); });
  server.server().Drain(absl::ZeroDuration());
  EXPECT_FALSE(answer.get_future().get().ok());
}

TEST_P(Drain, WaitsForAHandlerThatNobodyWaitsForAnyMore) {
  EchoServer server(Options());
  std::stop_source stop;
  Call call = StandardCall();
  call.stop = stop.get_token();
  std::promise<absl::StatusOr<EchoResponse>> answer;
  UnaryMethod<EchoRequest, EchoResponse> later(server.peer(), "limpid.testing.v1.EchoService/EchoLater");
  later(call, {}, [&](absl::StatusOr<EchoResponse> response) { answer.set_value(std::move(response)); });
  WaitingCall waiting = server.TakeWaiting();
  stop.request_stop();
  EXPECT_EQ(answer.get_future().get().status().code(), absl::StatusCode::kCancelled);
  std::atomic<bool> ended = false;
  std::thread draining([&] {
    server.server().Drain(absl::Seconds(60));
    EXPECT_TRUE(ended);
  });
  while (Say(server.peer(), "Echo", StandardCall().Within(absl::Seconds(5))).ok()) {
  }
  ended = true;
  waiting.done(EchoResponse());
  draining.join();
}

}  // namespace
}  // namespace limpid::rpc

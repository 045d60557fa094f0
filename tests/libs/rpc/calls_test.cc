// What a handler sees of a call, and what a caller sees of a handler, over a socket and in process.
#include <latch>
#include <stop_token>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "tests/libs/rpc/echo_server.h"

namespace limpid::rpc {
namespace {

EchoRequest Text(std::string text) {
  EchoRequest request;
  request.set_text(std::move(text));
  return request;
}

class Calls : public ::testing::TestWithParam<const char*> {
 protected:
  EchoServer::Options Options() const { return {.server = {.address = GetParam()}}; }
};

INSTANTIATE_TEST_SUITE_P(Rpc, Calls, ::testing::Values("127.0.0.1:0", ""),
                         [](const auto& row) { return *row.param == '\0' ? "InProcess" : "Tcp"; });

TEST_P(Calls, CarryAllThatACallHolds) {
  EchoServer server(Options());
  Call call = StandardCall();
  call.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  call.language = "fr";
  call.idempotency_key = "once";
  call.request_digest = "abc";
  call = call.Within(absl::Seconds(20));
  const auto said = Say(server.peer(), "Echo", call, Text("hello"));
  ASSERT_TRUE(said.ok()) << said.status();
  EXPECT_EQ(said->text(), "hello");
  EXPECT_EQ(said->tenant(), "acme");
  EXPECT_EQ(said->role(), "STANDARD");
  EXPECT_EQ(said->key(), "key-1");
  EXPECT_EQ(said->request_id(), "request-1");
  EXPECT_EQ(said->traceparent(), call.traceparent);
  EXPECT_EQ(said->language(), "fr");
  EXPECT_EQ(said->idempotency_key(), "once");
  EXPECT_EQ(said->request_digest(), "abc");
  // On the wire a timeout is rounded up by at most a hundredth.
  EXPECT_LE(said->remaining_ms(), 20'200);
  EXPECT_GT(said->remaining_ms(), 0);
}

TEST_P(Calls, GetTheDefaultDeadlineAndARequestIdOfOurs) {
  EchoServer server(Options());
  Call call = StandardCall();
  call.request_id = "not one";
  const auto said = Say(server.peer(), "Echo", call);
  ASSERT_TRUE(said.ok()) << said.status();
  EXPECT_GT(said->remaining_ms(), 0);
  EXPECT_LE(said->remaining_ms(), 10'100);
  EXPECT_EQ(said->request_id().size(), 16u);
}

TEST_P(Calls, AreAdmittedByRole) {
  EchoServer server(Options());
  const Peer peer = server.peer();
  struct Case {
    const char* method;
    std::vector<Role> admitted;
  };
  const Case cases[] = {
      {"Echo", {Role::kOperator, Role::kAdmin, Role::kStandard}},
      {"EchoOnExecutor", {Role::kStandard}},
      {"Open",
       {Role::kNone, Role::kOperator, Role::kAdmin, Role::kStandard, Role::kReader, Role::kCapture,
        Role::kService}},
      {"Internal", {Role::kService}},
      {"Closed", {}},
  };
  for (const Case& row : cases) {
    for (const Role role : {Role::kNone, Role::kOperator, Role::kAdmin, Role::kStandard, Role::kReader,
                            Role::kCapture, Role::kService}) {
      Call call = StandardCall();
      call.role = role;
      const auto said = Say(peer, row.method, call);
      const bool admitted = std::ranges::find(row.admitted, role) != row.admitted.end();
      EXPECT_EQ(said.ok(), admitted) << row.method << " " << RoleName(role) << " " << said.status();
      if (admitted) continue;
      EXPECT_EQ(said.status().code(), absl::StatusCode::kPermissionDenied);
      EXPECT_EQ(ReasonOf(said.status()), reason::kRoleNotAllowed);
      EXPECT_EQ(DetailsOf(said.status()).domain, "echo.limpid");
    }
  }
}

TEST_P(Calls, BearErrorsWithTheirDetails) {
  EchoServer server(Options());
  const auto said = Say(server.peer(), "EchoOnExecutor", StandardCall(), Text("missing"));
  EXPECT_EQ(said.status().code(), absl::StatusCode::kNotFound);
  const ErrorDetails details = DetailsOf(said.status());
  EXPECT_EQ(details.reason, reason::kNotFound);
  EXPECT_EQ(details.domain, "echo.limpid");
  EXPECT_EQ(details.resource_kind, "echo");
}

TEST_P(Calls, BearTheLongestErrorThatThereIs) {
  EchoServer server(Options());
  const absl::Status status =
      Say(server.peer(), "EchoOnExecutor", StandardCall(), Text("everything wrong")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_GE(DetailsOf(status).violations.size(), 40u);
  EXPECT_EQ(DetailsOf(status).domain, "echo.limpid");
}

TEST_P(Calls, HideTheInsideOfAFaultOfOurs) {
  EchoServer server(Options());
  const auto said = Say(server.peer(), "EchoOnExecutor", StandardCall(), Text("broken"));
  EXPECT_EQ(said.status().code(), absl::StatusCode::kInternal);
  EXPECT_EQ(ReasonOf(said.status()), reason::kInternal);
  EXPECT_THAT(std::string(said.status().message()), ::testing::Not(::testing::HasSubstr("secret")));
  EXPECT_THAT(DetailsOf(said.status()).metadata,
              ::testing::Contains(::testing::Pair("request_id", "request-1")));
}

TEST_P(Calls, WaitForAHandlerThatAnswersLater) {
  EchoServer server(Options());
  std::promise<absl::StatusOr<EchoResponse>> answer;
  UnaryMethod<EchoRequest, EchoResponse> later(server.peer(), "limpid.testing.v1.EchoService/EchoLater");
  later(StandardCall(), {},
        [&](absl::StatusOr<EchoResponse> response) { answer.set_value(std::move(response)); });
  WaitingCall waiting = server.TakeWaiting();
  EXPECT_FALSE(waiting.call.Stopped());
  EchoResponse response;
  response.set_text("at last");
  waiting.done(response);
  EXPECT_EQ(answer.get_future().get().value().text(), "at last");
}

TEST_P(Calls, FailWhenTheHandlerLosesThem) {
  EchoServer server(Options());
  std::promise<absl::StatusOr<EchoResponse>> answer;
  UnaryMethod<EchoRequest, EchoResponse> later(server.peer(), "limpid.testing.v1.EchoService/EchoLater");
  later(StandardCall(), {},
        [&](absl::StatusOr<EchoResponse> response) { answer.set_value(std::move(response)); });
  { const WaitingCall lost = server.TakeWaiting(); }
  EXPECT_EQ(answer.get_future().get().status().code(), absl::StatusCode::kInternal);
}

TEST_P(Calls, AreFilledInPlaceByAHandlerThatMayWait) {
  EchoServer server(Options());
  EchoRequest request;
  request.set_text("filled");
  EXPECT_EQ(Say(server.peer(), "EchoFilled", StandardCall(), request).value().text(), "filled");
  request.set_text("missing");
  EXPECT_TRUE(absl::IsNotFound(Say(server.peer(), "EchoFilled", StandardCall(), request).status()));
  request.set_text("lost");
  EXPECT_TRUE(absl::IsInternal(Say(server.peer(), "EchoFilled", StandardCall(), request).status()));
}

TEST_P(Calls, EndAtTheirDeadlineAndTellTheHandler) {
  EchoServer server(Options());
  std::promise<absl::StatusOr<EchoResponse>> answer;
  UnaryMethod<EchoRequest, EchoResponse> later(server.peer(), "limpid.testing.v1.EchoService/EchoLater");
  later(StandardCall().Within(absl::Milliseconds(500)), {},
        [&](absl::StatusOr<EchoResponse> response) { answer.set_value(std::move(response)); });
  WaitingCall waiting = server.TakeWaiting();
  std::latch stopped(1);
  std::stop_callback on_stop(waiting.call.stop, [&] { stopped.count_down(); });
  const absl::Status status = answer.get_future().get().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(ReasonOf(status), reason::kDeadlineExceeded);
  stopped.wait();
  waiting.done(EchoResponse());
}

TEST_P(Calls, StopWhenTheCallerDoesAndTellTheHandler) {
  EchoServer server(Options());
  std::stop_source stop;
  Call call = StandardCall();
  call.stop = stop.get_token();
  std::promise<absl::StatusOr<EchoResponse>> answer;
  UnaryMethod<EchoRequest, EchoResponse> later(server.peer(), "limpid.testing.v1.EchoService/EchoLater");
  later(call, {}, [&](absl::StatusOr<EchoResponse> response) { answer.set_value(std::move(response)); });
  WaitingCall waiting = server.TakeWaiting();
  std::latch stopped(1);
  std::stop_callback on_stop(waiting.call.stop, [&] { stopped.count_down(); });
  stop.request_stop();
  const absl::Status status = answer.get_future().get().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
  stopped.wait();
  waiting.done(Cancelled());
}

TEST_P(Calls, DoNotBeginWhenTheyAreOver) {
  EchoServer server(Options());
  std::stop_source stop;
  stop.request_stop();
  Call stopped = StandardCall();
  stopped.stop = stop.get_token();
  EXPECT_EQ(Say(server.peer(), "Echo", stopped).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Say(server.peer(), "Echo", StandardCall().Within(absl::ZeroDuration())).status().code(),
            absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(server.echoed(), 0);
}

TEST_P(Calls, AreRefusedAtOnceWhenTheExecutorIsFull) {
  EchoServer::Options options = Options();
  options.executor =
      std::make_shared<Executor>(Executor::Options{.name = "full", .threads = 1, .max_queue = 0});
  EchoServer server(std::move(options));
  const absl::Status status = Say(server.peer(), "EchoOnExecutor", StandardCall()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), reason::kOverloaded);
  EXPECT_GT(DetailsOf(status).retry_after, absl::ZeroDuration());
  EXPECT_TRUE(Say(server.peer(), "Echo", StandardCall()).ok()) << "inline handlers need no executor";
}

TEST_P(Calls, AreSeenByTheObservers) {
  Mutex mutex;
  std::vector<std::string> seen;
  EchoServer::Options options = Options();
  options.observers.push_back([&](std::string_view method) -> CallObserver {
    return [&mutex, &seen, name = std::string(method)](const CallRecord& record) {
      MutexLock lock(mutex);
      seen.push_back(name + " " + absl::StatusCodeToString(record.status.code()) + " " +
                     record.call.request_id);
    };
  });
  {
    EchoServer server(std::move(options));
    EXPECT_TRUE(Say(server.peer(), "Echo", StandardCall()).ok());
    EXPECT_FALSE(Say(server.peer(), "EchoOnExecutor", StandardCall(), Text("missing")).ok());
  }
  EXPECT_THAT(seen,
              ::testing::ElementsAre("limpid.testing.v1.EchoService/Echo OK request-1",
                                     "limpid.testing.v1.EchoService/EchoOnExecutor NOT_FOUND request-1"));
}

TEST_P(Calls, AtTheOuterDoorIgnoreWhatOnlyServicesMaySay) {
  EchoServer::Options options = Options();
  options.outer = true;
  EchoServer server(std::move(options));
  Call call = StandardCall();
  call.language = "fr";
  call.request_digest = "forged";
  call.idempotency_key = "once";
  const auto said = Say(server.peer(), "Echo", call, Text("x"));
  ASSERT_TRUE(said.ok()) << said.status();
  EXPECT_EQ(said->language(), "");
  EXPECT_EQ(said->request_digest().size(), 64u) << "made from the request itself";
}

TEST_P(Calls, AreRefusedWithoutASignatureOfTheSuite) {
  EchoServer server(Options());
  Peer stranger = server.peer();
  stranger.signer = nullptr;
  EXPECT_EQ(Say(stranger, "Echo", StandardCall()).status().code(), absl::StatusCode::kUnauthenticated);
  stranger.signer = std::make_shared<PrincipalSigner>(PrincipalKeys{"another key"});
  EXPECT_EQ(Say(stranger, "Echo", StandardCall()).status().code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(server.echoed(), 0);
}

TEST_P(Calls, MayOutliveWhatMadeThem) {
  EchoServer server(Options());
  std::promise<absl::StatusOr<EchoResponse>> answer;
  UnaryMethod<EchoRequest, EchoResponse>(server.peer(), "limpid.testing.v1.EchoService/EchoLater")(
      StandardCall(), Text("gone"),
      [&](absl::StatusOr<EchoResponse> response) { answer.set_value(std::move(response)); });
  server.TakeWaiting().done(EchoResponse());
  EXPECT_TRUE(answer.get_future().get().ok());
}

TEST(InProcess, AnswersOnTheCallersThreadWhatIsComputed) {
  EchoServer server({.server = {.address = ""}});
  UnaryMethod<EchoRequest, EchoResponse> echo(server.peer(), "limpid.testing.v1.EchoService/Echo");
  bool answered = false;
  echo(StandardCall(), Text("hello"), [&](absl::StatusOr<EchoResponse> said) {
    answered = true;
    EXPECT_EQ(said.value().text(), "hello");
  });
  EXPECT_TRUE(answered) << "before the call returned";
}

TEST_P(Calls, ToAPeerThatIsGoneAreUnavailableByItsName) {
  auto server = std::make_unique<EchoServer>(Options());
  const Peer peer = server->peer();
  server.reset();
  const absl::Status status = Say(peer, "Echo", StandardCall().Within(absl::Seconds(20))).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), reason::kServiceUnavailable);
  EXPECT_THAT(DetailsOf(status).metadata, ::testing::Contains(::testing::Pair("peer", "echo")));
}

TEST(MisbuiltDeathTest, EndsTheProcessWithALine) {
  const auto door = std::make_shared<Door>();
  EXPECT_DEATH(ServiceBuilder("limpid.testing.v1.NoService", door), "no linked proto defines");
  EXPECT_DEATH(ServiceBuilder("limpid.testing.v1.EchoService", door).Build(), "has no handler");
  EXPECT_DEATH((UnaryMethod<EchoRequest, EchoResponse>({}, "limpid.testing.v1.EchoService/Nothing")),
               "no linked proto defines the method");
  EXPECT_DEATH((UnaryMethod<EchoRequest, EchoRequest>({}, "limpid.testing.v1.EchoService/Echo")),
               "other types");
  EXPECT_DEATH((UnaryMethod<EchoRequest, EchoResponse>({}, "limpid.testing.v1.EchoService/Count")),
               "streams otherwise");
}

}  // namespace
}  // namespace limpid::rpc

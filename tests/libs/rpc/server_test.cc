#include "libs/rpc/server.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/error.h"
#include "tests/libs/rpc/echo_server.h"
#include "tests/libs/rpc/raw_calls.h"

namespace limpid::rpc {
namespace {

// grpc.health.v1.HealthCheckResponse in wire format.
constexpr char kServing[] = "\x08\x01";
constexpr char kNotServing[] = "\x08\x02";

std::string Health(const Channel& channel) {
  static const std::string path = "/grpc.health.v1.Health/Check";
  const std::string name = "limpid.testing.v1.EchoService";
  grpc::ClientContext context;
  std::string response;
  const std::string request = std::string("\x0a") + static_cast<char>(name.size()) + name;
  EXPECT_TRUE(RawCall(channel, path, request, context, &response).ok());
  return response;
}

TEST(Server, TellsItsHealth) {
  EchoServer server;
  EXPECT_EQ(Health(server.channel()), kServing);
  server.server().AnnounceDrain();
  EXPECT_EQ(Health(server.channel()), kNotServing);
  EXPECT_TRUE(Say(server.peer(), "Echo", StandardCall()).ok()) << "calls are still accepted";
}

TEST(Server, ListsItsServicesByReflection) {
  EchoServer server;
  static const std::string path = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
  grpc::GenericStub stub(server.channel());
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

TEST(Server, DrainsUnderLoadWithoutLosingACallThatItAccepted) {
  auto server = std::make_unique<EchoServer>();
  std::atomic<int> answered = 0;
  std::atomic<int> refused_otherwise = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&, peer = server->peer()] {
      UnaryMethod<EchoRequest, EchoResponse> echo(peer, "limpid.testing.v1.EchoService/Echo");
      for (;;) {
        const auto said = CallAndWait(echo, StandardCall().Within(absl::Seconds(60)), EchoRequest());
        if (said.ok()) {
          ++answered;
          continue;
        }
        if (said.status().code() != absl::StatusCode::kUnavailable) ++refused_otherwise;
        return;
      }
    });
  }
  while (answered < 500) std::this_thread::yield();
  server->server().AnnounceDrain();
  const int before = answered;
  while (answered < before + 100) std::this_thread::yield();
  server->server().Drain(absl::Seconds(60));
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(server->echoed(), answered);
  EXPECT_EQ(refused_otherwise, 0);
}

TEST(Server, LetsARunningCallFinishWhileItDrains) {
  EchoServer server;
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

TEST(Server, CancelsWhatOutlivesTheGrace) {
  EchoServer server;
  std::promise<absl::StatusOr<EchoResponse>> answer;
  UnaryMethod<EchoRequest, EchoResponse> later(server.peer(), "limpid.testing.v1.EchoService/EchoLater");
  later(StandardCall().Within(absl::Seconds(60)), {},
        [&](absl::StatusOr<EchoResponse> response) { answer.set_value(std::move(response)); });
  WaitingCall waiting = server.TakeWaiting();
  std::stop_callback on_stop(waiting.call.stop, [&] { waiting.done(Cancelled()); });
  server.server().Drain(absl::ZeroDuration());
  EXPECT_FALSE(answer.get_future().get().ok());
}

}  // namespace
}  // namespace limpid::rpc

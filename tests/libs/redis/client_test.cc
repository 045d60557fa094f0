#include "libs/redis/client.h"

#include <atomic>
#include <latch>
#include <thread>

#include <gmock/gmock.h>

#include "tests/libs/redis/redis_fixture.h"

namespace limpid::redis {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using ClientTest = RedisTest;
using limpid::testing::RedisServer;

TEST_F(ClientTest, TalksOverTcp) {
  const auto server = StartServer();
  const auto client = Connected({.url = Url(server->port()), .timeouts = kPatient});
  ASSERT_TRUE(client->SendAndWait(Call{}, {"SET", "key", "va\r\nlue"}).ok());
  const auto reply = client->SendAndWait(Call{}, {"GET", "key"});
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(reply->text, "va\r\nlue");
}

TEST_F(ClientTest, TalksOverAUnixSocket) {
  const auto server = StartServer();
  const auto client = Connected({.url = "unix:" + server->unix_path(), .timeouts = kPatient});
  EXPECT_TRUE(client->SendAndWait(Call{}, {"SET", "key", "value"}).ok());
}

TEST_F(ClientTest, ResolvesNames) {
  const auto server = StartServer();
  const auto client = Connected({.url = StrCat("redis://localhost:", server->port()), .timeouts = kPatient});
  EXPECT_TRUE(client->SendAndWait(Call{}, {"PING"}).ok());
}

TEST_F(ClientTest, SignsInAndUsesItsDatabase) {
  const auto server = StartServer({.arguments = {"--requirepass", "pass word"}});
  const auto client = Connected(
      {.url = StrCat("redis://:pass%20word@127.0.0.1:", server->port(), "/2"), .timeouts = kPatient});
  ASSERT_TRUE(client->SendAndWait(Call{}, {"SET", "key", "value"}).ok());
  const auto other = Connected(
      {.url = StrCat("redis://default:pass%20word@127.0.0.1:", server->port(), "/0"), .timeouts = kPatient});
  EXPECT_EQ(other->SendAndWait(Call{}, {"GET", "key"})->kind, Reply::Kind::kNil);
  EXPECT_EQ(client->SendAndWait(Call{}, {"GET", "key"})->text, "value");
}

TEST_F(ClientTest, AWrongPasswordIsToldInTheLogAndNotShown) {
  const auto server = StartServer({.arguments = {"--requirepass", "right"}});
  const auto client =
      MakeClient({.url = StrCat("redis://:mistaken@127.0.0.1:", server->port()), .timeouts = kPatient});
  const std::string line = log_.WaitFor("redis_away");
  EXPECT_THAT(line, HasSubstr("WRONGPASS"));
  EXPECT_THAT(line, Not(HasSubstr("mistaken")));
  EXPECT_EQ(client->SendAndWait(Call{}, {"PING"}).status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(ClientTest, ABadUrlIsRefusedAtOnce) {
  EXPECT_EQ(Client::Create({.url = "cache.example"}, metrics_).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(ClientTest, ManyCallersShareOneConnection) {
  constexpr int kThreads = 4;
  constexpr int kCommands = 2000;
  const auto server = StartServer();
  const auto client = Connected({.url = Url(server->port()), .timeouts = kPatient});
  std::latch done(kThreads * kCommands);
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kCommands; ++i) {
        const std::string text = StrCat(thread, ":", i);
        client->Send(Call{}, {"ECHO", text}, [&, text](absl::StatusOr<Reply> reply) {
          wrong += !reply.ok() || reply->text != text;
          done.count_down();
        });
      }
    });
  }
  done.wait();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(connections(), 1);
}

TEST_F(ClientTest, ACallbackMaySendTheNextCommand) {
  const auto server = StartServer();
  const auto client = Connected({.url = Url(server->port()), .timeouts = kPatient});
  std::latch done(1);
  std::string answer;
  client->Send(Call{}, {"SET", "key", "value"}, [&](const absl::StatusOr<Reply>&) {
    client->Send(Call{}, {"GET", "key"}, [&](absl::StatusOr<Reply> reply) {
      answer = reply.ok() ? reply->text : "";
      done.count_down();
    });
  });
  done.wait();
  EXPECT_EQ(answer, "value");
}

TEST_F(ClientTest, AnErrorOfOneCommandIsNoTroubleForTheConnection) {
  const auto server = StartServer();
  const auto client = Connected({.url = Url(server->port()), .timeouts = kPatient});
  ASSERT_TRUE(client->SendAndWait(Call{}, {"SET", "key", "value"}).ok());
  EXPECT_EQ(client->SendAndWait(Call{}, {"LPUSH", "key", "value"}).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(client->SendAndWait(Call{}, {"GET", "key"}).ok());
  EXPECT_EQ(connections(), 1);
}

TEST_F(ClientTest, ACallWithoutTimeOrCallerSendsNothing) {
  const auto server = StartServer();
  const auto client = Connected({.url = Url(server->port()), .timeouts = kPatient});
  std::stop_source stop;
  Call call;
  call.stop = stop.get_token();
  stop.request_stop();
  EXPECT_EQ(client->SendAndWait(call, {"SET", "key", "1"}).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(client->SendAndWait(Call{}.Within(absl::ZeroDuration()), {"SET", "key", "1"}).status().code(),
            absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(client->SendAndWait(Call{}, {"EXISTS", "key"})->integer, 0);
}

TEST_F(ClientTest, ACallersDeadlineHoldsWhileRedisHangs) {
  const auto server = StartServer();
  const auto client = Connected({.url = Url(server->port()), .timeouts = kPatient});
  server->Freeze();
  EXPECT_EQ(client->SendAndWait(Call{}.Within(absl::Milliseconds(5)), {"PING"}).status().code(),
            absl::StatusCode::kDeadlineExceeded);
  server->Thaw();
}

TEST_F(ClientTest, RefusesAtOnceWhenTooMuchIsInFlight) {
  const auto server = StartServer();
  const auto client = Connected(
      {.url = Url(server->port()), .timeouts = kPatient, .max_in_flight = 2, .max_queued_bytes = 1000});
  EXPECT_EQ(client->SendAndWait(Call{}, {"SET", "key", std::string(1000, 'x')}).status().code(),
            absl::StatusCode::kResourceExhausted);
  server->Freeze();
  std::latch done(2);
  for (int i = 0; i < 2; ++i) {
    client->Send(Call{}, {"PING"}, [&](const absl::StatusOr<Reply>&) { done.count_down(); });
  }
  EXPECT_EQ(client->SendAndWait(Call{}, {"PING"}).status().code(), absl::StatusCode::kResourceExhausted);
  server->Thaw();
  done.wait();
  EXPECT_TRUE(client->SendAndWait(Call{}, {"PING"}).ok());
}

TEST_F(ClientTest, WhatIsInFlightFailsWhenItEnds) {
  const auto server = StartServer();
  auto client = Connected({.url = Url(server->port()), .timeouts = kPatient});
  server->Freeze();
  absl::Status status;
  client->Send(Call{}, {"PING"}, [&](const absl::StatusOr<Reply>& reply) { status = reply.status(); });
  client.reset();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  server->Thaw();
}

TEST_F(ClientTest, AnAnswerThatIsTooLargeFailsAndTheNextIsReadAgain) {
  const auto server = StartServer();
  const auto client = Connected({.url = Url(server->port()), .timeouts = kPatient});
  ASSERT_TRUE(client->SendAndWait(Call{}, {"SET", "key", std::string(1'100'000, 'x')}).ok());
  EXPECT_EQ(client->SendAndWait(Call{}, {"GET", "key"}).status().code(), absl::StatusCode::kUnavailable);
  ASSERT_TRUE(client->WaitUntilConnected(Soon()));
  EXPECT_EQ(client->SendAndWait(Call{}, {"STRLEN", "key"})->integer, 1'100'000);
}

TEST_F(ClientTest, AnAnswerOfTooManyElementsFails) {
  const auto server = StartServer();
  const auto client = Connected({.url = Url(server->port()), .timeouts = kPatient});
  constexpr const char* kFill = "for i = 1, 10001 do redis.call('RPUSH', KEYS[1], i) end";
  ASSERT_TRUE(client->SendAndWait(Call{}, {"EVAL", kFill, "1", "list"}).ok());
  EXPECT_EQ(client->SendAndWait(Call{}, {"LRANGE", "list", "0", "9999"})->elements.size(), 10'000u);
  EXPECT_EQ(client->SendAndWait(Call{}, {"LRANGE", "list", "0", "10000"}).status().code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(ClientTest, CountsWhatBecameOfCommands) {
  const auto server = StartServer();
  const auto client = Connected({.url = Url(server->port()), .timeouts = kPatient});
  ASSERT_TRUE(client->SendAndWait(Call{}, {"PING"}).ok());
  EXPECT_THAT(metrics_.Text(), HasSubstr("limpid_redis_commands_total{outcome=\"answered\"} 1"));
  EXPECT_THAT(metrics_.Text(), HasSubstr("limpid_redis_connected 1"));
}

}  // namespace
}  // namespace limpid::redis

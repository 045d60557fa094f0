// What replicas of verify-svc learn from each other through Redis, and what is left without it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/strings.h"
#include "libs/quality/reasons.h"
#include "libs/redis/backend.h"
#include "libs/testing/redis_server.h"
#include "tests/verify-svc/email/smtp/callout_fixture.h"
#include "tests/verify-svc/email/smtp/scripted_server.h"

namespace limpid::verify {
namespace {

namespace er = quality::email_reason;
using quality::Ternary;

class SharedCallout : public ::testing::Test {
 protected:
  SharedCallout() {
    EXPECT_TRUE(backend_.client->WaitUntilConnected(SystemClock().SteadyNow() + std::chrono::minutes(1)));
  }
  CalloutFixture Replica(const ScriptedServer& server) {
    return CalloutFixture(CalloutOptions(server.port()), backend_.cache.get(), backend_.client.get());
  }

  MetricsRegistry metrics_;
  const redis::KeyHasher hasher_{"secret of the replicas"};
  const std::unique_ptr<limpid::testing::RedisServer> redis_ = limpid::testing::RedisServer::Start().value();
  const redis::Backend backend_ = redis::OpenBackend({.url = StrCat("redis://127.0.0.1:", redis_->port()),
                                                      .timeouts = {.command = absl::Seconds(5)}},
                                                     {}, hasher_, metrics_)
                                      .value();
};

TEST_F(SharedCallout, KnowsACatchAllThatAnotherReplicaFound) {
  ScriptedServer server(Mailboxes({"jean", "anne"}));
  CalloutFixture one = Replica(server);
  CalloutFixture other = Replica(server);
  EXPECT_EQ(one.AskOne("jean@example.fr").catch_all, Ternary::kNo);
  const std::size_t asked = server.lines().size();
  const CalloutAnswer answer = other.AskOne("anne@example.fr");
  EXPECT_EQ(answer.catch_all, Ternary::kNo);
  EXPECT_EQ(answer.evidence.back().step, "RCPT") << "nobody else was asked for";
  EXPECT_GT(server.lines().size(), asked);
}

TEST_F(SharedCallout, LeavesAloneWhoBlockedAnotherReplica) {
  ScriptedServer server([](int, const std::string&) -> ScriptedServer::Reaction {
    return {"554 5.7.1 Your IP is on our blocklist\r\n", true};
  });
  CalloutFixture one = Replica(server);
  CalloutFixture other = Replica(server);
  EXPECT_EQ(one.AskOne("jean@example.fr").reason, er::kBlocked);
  EXPECT_EQ(other.AskOne("anne@example.fr").reason, er::kBlocked);
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(SharedCallout, GoesOnWithWhatItKnowsItselfWhenRedisIsGone) {
  ScriptedServer server(Mailboxes({"jean", "anne"}));
  CalloutFixture replica = Replica(server);
  replica.AskOne("jean@example.fr");
  redis_->Kill();
  const CalloutAnswer answer = replica.AskOne("anne@example.fr");
  EXPECT_EQ(answer.reason, er::kMailboxExists);
  EXPECT_EQ(answer.evidence.back().step, "RCPT") << "it remembers what the domain is";
}

}  // namespace
}  // namespace limpid::verify

#include <gmock/gmock.h>

#include "tests/libs/redis/redis_fixture.h"

namespace limpid::redis {
namespace {

using limpid::testing::RedisServer;

class SentinelTest : public RedisTest {
 protected:
  std::string SentinelUrl(const std::string& hosts, const std::string& credentials = "") {
    return StrCat("redis+sentinel://", credentials, hosts, "/limpid/0");
  }
  static std::string Host(const RedisServer& server) { return StrCat("127.0.0.1:", server.port()); }
  static std::unique_ptr<RedisServer> StartSentinel(const RedisServer& master) {
    auto sentinel = RedisServer::StartSentinel(master.port());
    if (!sentinel.ok()) ADD_FAILURE() << sentinel.status();
    return *std::move(sentinel);
  }
};

TEST_F(SentinelTest, FollowsTheMasterThroughAFailover) {
  const auto master = StartServer({.arguments = {"--repl-diskless-sync-delay", "0"}});
  const auto replica = StartServer({.arguments = {"--replicaof", StrCat("127.0.0.1 ", master->port())}});
  ASSERT_TRUE(replica->WaitForLine("MASTER <-> REPLICA sync: Finished with success"));
  const auto sentinel = StartSentinel(*master);
  ASSERT_TRUE(sentinel->WaitForLine("+slave slave"));
  const auto client = Connected({.url = SentinelUrl(Host(*sentinel)), .timeouts = kPatient});
  ASSERT_TRUE(client->SendAndWait(Call{}, {"SET", "key", "before"}).ok());

  master->Kill();
  absl::StatusOr<Reply> written = absl::UnknownError("never written");
  for (const SteadyTime until = Soon(); !written.ok() && client->WaitUntilConnected(until);) {
    written = client->SendAndWait(Call{}, {"SET", "key", "after"});
  }
  ASSERT_TRUE(written.ok()) << written.status();
  const auto port = client->SendAndWait(Call{}, {"CONFIG", "GET", "port"});
  ASSERT_TRUE(port.ok());
  EXPECT_EQ(port->elements.at(1).text, StrCat(replica->port()));
}

TEST_F(SentinelTest, ADeadSentinelIsPassedOver) {
  const auto master = StartServer();
  const auto dead = StartSentinel(*master);
  const auto alive = StartSentinel(*master);
  dead->Kill();
  const auto client =
      Connected({.url = SentinelUrl(StrCat(Host(*dead), ",", Host(*alive))), .timeouts = kPatient});
  EXPECT_TRUE(client->SendAndWait(Call{}, {"SET", "key", "value"}).ok());
}

TEST_F(SentinelTest, TheServersPasswordIsNotAskedOfSentinels) {
  const auto master = StartServer({.arguments = {"--requirepass", "secret"}});
  const auto sentinel = StartSentinel(*master);
  const auto client = Connected({.url = SentinelUrl(Host(*sentinel), ":secret@"), .timeouts = kPatient});
  EXPECT_TRUE(client->SendAndWait(Call{}, {"SET", "key", "value"}).ok());
}

TEST_F(SentinelTest, AReplicaIsNotTakenForTheMaster) {
  // A sentinel that names a replica, as one that has slept through a failover does.
  const auto master = StartServer();
  const auto sentinel = StartSentinel(*master);
  const auto admin = Connected({.url = Url(master->port()), .timeouts = kPatient});
  ASSERT_TRUE(admin->SendAndWait(Call{}, {"REPLICAOF", "127.0.0.1", "1"}).ok());
  const auto client = MakeClient({.url = SentinelUrl(Host(*sentinel)), .timeouts = kPatient});
  EXPECT_THAT(log_.WaitFor("redis_away"), ::testing::HasSubstr("no master"));
  EXPECT_FALSE(client->connected());
}

TEST_F(SentinelTest, AnUnknownMasterIsToldInTheLog) {
  const auto master = StartServer();
  const auto sentinel = StartSentinel(*master);
  const auto client =
      MakeClient({.url = StrCat("redis+sentinel://", Host(*sentinel), "/another"), .timeouts = kPatient});
  EXPECT_THAT(log_.WaitFor("redis_away"), ::testing::HasSubstr("know no master"));
}

}  // namespace
}  // namespace limpid::redis

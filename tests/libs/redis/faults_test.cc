// Redis that fails, each test named by the fault. The promise is always the same: a caller gets an answer or
// a miss, nobody hangs, nothing wrong is believed, and what was lost comes back when Redis does.
#include <latch>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "libs/redis/redis_cache.h"
#include "libs/testing/tcp_proxy.h"
#include "tests/libs/redis/redis_fixture.h"

namespace limpid::redis {
namespace {

using Kind = limpid::testing::LinkFault::Kind;
using limpid::testing::TcpProxy;

class RedisFaults : public RedisTest {
 protected:
  // The times of production: a miss is what is expected.
  std::unique_ptr<Client> Impatient() { return MakeClient({.url = Url(proxy_.port())}); }

  // The first answer once Redis is well; what a busy machine fails meanwhile does not count.
  static bool Recovers(Client& client) {
    const SteadyTime until = Soon();
    while (client.WaitUntilConnected(until)) {
      if (client.SendAndWait(Call{}, {"PING"}).ok()) return true;
    }
    return false;
  }
  static absl::Status Ping(Client& client) { return client.SendAndWait(Call{}, {"PING"}).status(); }
  // Until the client has noticed that Redis is of no use.
  static bool GivesUp(Client& client) {
    const SteadyTime until = Soon();
    while (client.connected() && SystemClock().SteadyNow() < until) Ping(client).IgnoreError();
    return !client.connected();
  }

  std::unique_ptr<limpid::testing::RedisServer> server_ = StartServer();
  TcpProxy proxy_{server_->port()};
};

TEST_F(RedisFaults, Killed) {
  const auto client = Impatient();
  ASSERT_TRUE(Recovers(*client));
  server_->Kill();
  ASSERT_TRUE(GivesUp(*client));
  EXPECT_EQ(Ping(*client).code(), absl::StatusCode::kUnavailable);
  ASSERT_TRUE(server_->Restart().ok());
  EXPECT_TRUE(Recovers(*client));
}

TEST_F(RedisFaults, Frozen) {
  const auto client = Impatient();
  ASSERT_TRUE(Recovers(*client));
  server_->Freeze();
  EXPECT_EQ(Ping(*client).code(), absl::StatusCode::kUnavailable);
  // It takes connections all the same: they must not count as recovery.
  ASSERT_TRUE(GivesUp(*client));
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Ping(*client).code(), absl::StatusCode::kUnavailable);
  server_->Thaw();
  EXPECT_TRUE(Recovers(*client));
}

TEST_F(RedisFaults, RefusesConnections) {
  proxy_.Set({.kind = Kind::kRefuse});
  const auto client = Impatient();
  EXPECT_FALSE(log_.WaitFor("redis_away").empty());
  EXPECT_EQ(Ping(*client).code(), absl::StatusCode::kUnavailable);
  proxy_.Set({});
  EXPECT_TRUE(Recovers(*client));
}

TEST_F(RedisFaults, SilentFromTheStart) {
  proxy_.Set({.kind = Kind::kBlackHole});
  const auto client = Impatient();
  EXPECT_FALSE(log_.WaitFor("redis_away").empty());
  EXPECT_EQ(Ping(*client).code(), absl::StatusCode::kUnavailable);
  proxy_.Set({});
  EXPECT_TRUE(Recovers(*client));
}

TEST_F(RedisFaults, SilentAfterAReconnect) {
  const auto client = Impatient();
  ASSERT_TRUE(Recovers(*client));
  const double before = connections();
  proxy_.Set({.kind = Kind::kRefuse});
  ASSERT_TRUE(GivesUp(*client));
  proxy_.Set({});
  ASSERT_TRUE(Recovers(*client));
  ASSERT_GT(connections(), before);
  // A timeout that was lost with the first connection would leave this callback without a call for ever, and
  // the client, which knows of no failure, connected.
  proxy_.Set({.kind = Kind::kBlackHole});
  EXPECT_EQ(Ping(*client).code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(GivesUp(*client));
}

TEST_F(RedisFaults, SlowByThreeHundredMilliseconds) {
  const auto client = Impatient();
  ASSERT_TRUE(Recovers(*client));
  proxy_.Set({.kind = Kind::kLatency, .delay = absl::Milliseconds(300)});
  EXPECT_EQ(Ping(*client).code(), absl::StatusCode::kUnavailable);
  ASSERT_TRUE(GivesUp(*client));
  proxy_.Set({});
  EXPECT_TRUE(Recovers(*client));
}

TEST_F(RedisFaults, CutInTheMiddleOfAnAnswer) {
  const auto client = Impatient();
  ASSERT_TRUE(Recovers(*client));
  proxy_.Set({.kind = Kind::kCut, .offset = 3});
  EXPECT_EQ(Ping(*client).code(), absl::StatusCode::kUnavailable);
  proxy_.Set({});
  EXPECT_TRUE(Recovers(*client));
}

TEST_F(RedisFaults, AnswersOtherThanRedisGives) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"garbage", std::string("\x00\xff\x13\x37 \r\n\r\n garbage", 18)},
      {"another protocol", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"},
      {"a huge array", "*1073741823\r\n"},
      {"a huge string", "$4294967295\r\n"},
      {"an answer more than was asked for", "+PONG\r\n+PONG\r\n+PONG\r\n"},
      {"loading", "-LOADING Redis is loading the dataset in memory\r\n"},
      {"a replica", "-READONLY You can't write against a read only replica.\r\n"},
      {"nothing but a beginning", "$100\r\nabc"},
  };
  const auto client = Impatient();
  for (const auto& [name, text] : cases) {
    SCOPED_TRACE(name);
    proxy_.Set({});
    ASSERT_TRUE(Recovers(*client));
    proxy_.Set({.kind = Kind::kAnswer, .text = text});
    const absl::StatusOr<Reply> reply = client->SendAndWait(Call{}, {"GET", "key"});
    if (name == "an answer more than was asked for") {
      // The first answer cannot be told from a right one; the connection is given up with the second.
      EXPECT_TRUE(GivesUp(*client));
    } else {
      EXPECT_EQ(reply.status().code(), absl::StatusCode::kUnavailable);
    }
  }
  proxy_.Set({});
  EXPECT_TRUE(Recovers(*client));
}

TEST_F(RedisFaults, OutOfMemory) {
  const auto client = Connected({.url = Url(server_->port()), .timeouts = kPatient});
  ASSERT_TRUE(client->SendAndWait(Call{}, {"CONFIG", "SET", "maxmemory", "1"}).ok());
  EXPECT_EQ(client->SendAndWait(Call{}, {"SET", "key", "value"}).status().code(),
            absl::StatusCode::kResourceExhausted);
  // Reading goes on, on the same connection.
  EXPECT_TRUE(client->SendAndWait(Call{}, {"GET", "key"}).ok());
  EXPECT_EQ(connections(), 1);
}

TEST_F(RedisFaults, BecameAReplica) {
  const auto client = Connected({.url = Url(server_->port()), .timeouts = kPatient});
  ASSERT_TRUE(client->SendAndWait(Call{}, {"REPLICAOF", "127.0.0.1", "1"}).ok());
  const SteadyTime until = Soon();
  // Each write is a miss, until the client looks whether the master is elsewhere by now.
  while (connections() == 1 && SystemClock().SteadyNow() < until) {
    EXPECT_EQ(client->SendAndWait(Call{}, {"SET", "key", "value"}).status().code(),
              absl::StatusCode::kUnavailable);
  }
  EXPECT_GT(connections(), 1);
  while (SystemClock().SteadyNow() < until) {
    if (client->SendAndWait(Call{}, {"REPLICAOF", "NO", "ONE"}).ok()) break;
    ASSERT_TRUE(client->WaitUntilConnected(until));
  }
  EXPECT_TRUE(client->SendAndWait(Call{}, {"SET", "key", "value"}).ok());
}

TEST_F(RedisFaults, OneFlippedBitIsNeverBelieved) {
  const KeyHasher hasher("secret");
  const std::vector<CacheKey> keys = {hasher.Key("t", {"a"}), hasher.Key("t", {"b"}), hasher.Key("t", {"c"})};
  const auto client = MakeClient({.url = Url(proxy_.port()), .timeouts = kPatient});
  RedisCache cache(*client, hasher, metrics_);
  ASSERT_TRUE(Recovers(*client));
  for (const CacheKey& key : keys) cache.Set(key, "value of " + key.text(), absl::Hours(1));

  // The answers of one look-up of three keys and one of the first, byte by byte.
  int believed = 0;
  for (size_t offset = 0; offset < 260; ++offset) {
    SCOPED_TRACE(offset);
    ASSERT_TRUE(Recovers(*client));
    // A flip may leave Redis's answer incomplete for ever: the caller's own deadline ends that.
    const Call call = Call{}.Within(absl::Milliseconds(200));
    proxy_.Set({.kind = Kind::kFlipByte, .offset = offset});
    std::latch done(2);
    std::vector<Cache::Value> all;
    Cache::Value first;
    cache.GetAll(call, keys, [&](std::vector<Cache::Value> values) {
      all = std::move(values);
      done.count_down();
    });
    cache.Get(call, keys[0], [&](Cache::Value value) {
      first = std::move(value);
      done.count_down();
    });
    done.wait();
    ASSERT_EQ(all.size(), keys.size());
    all.push_back(first);
    for (size_t i = 0; i < all.size(); ++i) {
      if (!all[i]) continue;
      ++believed;
      EXPECT_EQ(*all[i], "value of " + keys[i % keys.size()].text());
    }
    proxy_.Set({.kind = Kind::kRefuse});
    proxy_.Set({});
  }
  EXPECT_GT(believed, 0);
}

}  // namespace
}  // namespace limpid::redis

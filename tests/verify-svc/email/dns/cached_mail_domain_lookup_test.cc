// What is remembered of the DNS, in this process and in a real Redis that lives, dies and freezes.
#include "verify-svc/email/dns/cached_mail_domain_lookup.h"

#include <future>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/strings.h"
#include "libs/redis/redis_cache.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/redis_server.h"
#include "libs/testing/tcp_proxy.h"

namespace limpid::verify::dns {
namespace {

using limpid::testing::FakeClock;
using limpid::testing::LinkFault;
using limpid::testing::RedisServer;
using limpid::testing::TcpProxy;
using ::testing::SizeIs;

constexpr absl::Duration kTimeToLive = absl::Seconds(300);

// Counts what it is asked, and answers at once or when the test says so.
class CountingLookup final : public MailDomainLookup {
 public:
  void Find(const Call&, const std::string& domain, Done<MailDomain> done) override {
    MutexLock lock(mutex_);
    ++asked_;
    if (hold) return held.push_back(std::move(done));
    MailDomain answer{.state = state, .time_to_live = kTimeToLive};
    answer.hosts = {{.name = "mx." + domain, .preference = 10, .addresses = {"193.0.0.1"}}};
    done(std::move(answer));
  }
  int asked() const {
    MutexLock lock(mutex_);
    return asked_;
  }

  MailDomainState state = MailDomainState::kHasHosts;
  bool hold = false;
  std::vector<Done<MailDomain>> held;

 private:
  mutable Mutex mutex_;
  int asked_ ABSL_GUARDED_BY(mutex_) = 0;
};

// One replica: a look-up with a memory of its own.
struct Replica {
  explicit Replica(const FakeClock& clock, CachedMailDomainLookup::Shared shared = {},
                   std::size_t domains = 100)
      : lookup(std::unique_ptr<MailDomainLookup>(dns = new CountingLookup), domains, shared, timers, metrics,
               clock) {}

  absl::StatusOr<MailDomain> Find(const std::string& domain, const Call& call = {}) {
    std::promise<absl::StatusOr<MailDomain>> answer;
    lookup.Find(call, domain, [&](absl::StatusOr<MailDomain> mail) { answer.set_value(std::move(mail)); });
    return answer.get_future().get();
  }

  Timers timers;
  MetricsRegistry metrics;
  CountingLookup* dns;
  CachedMailDomainLookup lookup;
};

TEST(CachedMailDomain, IsAskedForOnceInItsTimeToLive) {
  FakeClock clock;
  Replica replica(clock);
  EXPECT_FALSE(replica.Find("a.fr")->cached);
  clock.Advance(kTimeToLive - absl::Seconds(1));
  const MailDomain kept = replica.Find("a.fr").value();
  EXPECT_TRUE(kept.cached);
  EXPECT_EQ(kept.hosts.at(0).name, "mx.a.fr");
  clock.Advance(absl::Seconds(2));
  EXPECT_FALSE(replica.Find("a.fr")->cached);
  EXPECT_EQ(replica.dns->asked(), 2);
}

TEST(CachedMailDomain, MakesRoomByTheOneThatWasUsedLongestAgo) {
  FakeClock clock;
  Replica replica(clock, {}, 2);
  for (const char* domain : {"a.fr", "b.fr", "a.fr", "c.fr"}) EXPECT_TRUE(replica.Find(domain).ok());
  EXPECT_TRUE(replica.Find("a.fr")->cached);
  EXPECT_FALSE(replica.Find("b.fr")->cached);
}

TEST(CachedMailDomain, IsAskedForOnceHoweverManyAskAtOnce) {
  FakeClock clock;
  Replica replica(clock);
  replica.dns->hold = true;
  int answered = 0;
  for (int i = 0; i < 50; ++i) {
    replica.lookup.Find({}, "a.fr", [&](const absl::StatusOr<MailDomain>& mail) {
      EXPECT_EQ(mail->state, MailDomainState::kNullMx);
      ++answered;
    });
  }
  ASSERT_THAT(replica.dns->held, SizeIs(1));
  replica.dns->held[0](MailDomain{.state = MailDomainState::kNullMx});
  EXPECT_EQ(answered, 50);
}

TEST(CachedMailDomain, IsUnknownToWhoHasNoTimeAndKnownToTheNext) {
  FakeClock clock;
  Replica replica(clock);
  replica.dns->hold = true;
  EXPECT_EQ(replica.Find("a.fr", Call().Within(absl::Milliseconds(10)))->state, MailDomainState::kTimeout);
  replica.dns->held.at(0)(MailDomain{.state = MailDomainState::kNullMx, .time_to_live = kTimeToLive});
  EXPECT_EQ(replica.Find("a.fr")->state, MailDomainState::kNullMx);
}

class SharedMailDomain : public ::testing::Test {
 protected:
  struct Link {
    Link(int port, const redis::KeyHasher& hasher)
        : client(redis::Client::Create({.url = StrCat("redis://127.0.0.1:", port, "/0")}, metrics).value()),
          cache(*client, hasher, metrics) {}
    CachedMailDomainLookup::Shared shared(const redis::KeyHasher& hasher) { return {&cache, &hasher}; }
    bool Connect() {
      return client->WaitUntilConnected(std::chrono::steady_clock::now() + std::chrono::seconds(30));
    }

    MetricsRegistry metrics;
    std::unique_ptr<redis::Client> client;
    redis::RedisCache cache;
  };

  // A replica with nothing in its own memory, over this link.
  MailDomain AskAnew(Link& link, const std::string& domain, int& asked) {
    Replica replica(clock_, link.shared(hasher_));
    MailDomain mail = replica.Find(domain).value();
    asked += replica.dns->asked();
    return mail;
  }

  FakeClock clock_;
  const redis::KeyHasher hasher_{"a secret"};
  const std::unique_ptr<RedisServer> redis_ = RedisServer::Start().value();
};

TEST_F(SharedMailDomain, IsAskedForByOneReplicaForAll) {
  Link link(redis_->port(), hasher_);
  ASSERT_TRUE(link.Connect());
  int asked = 0;
  EXPECT_FALSE(AskAnew(link, "a.fr", asked).cached);
  clock_.Advance(absl::Seconds(100));
  const MailDomain mail = AskAnew(link, "a.fr", asked);
  EXPECT_TRUE(mail.cached);
  EXPECT_EQ(mail.hosts.at(0).name, "mx.a.fr");
  EXPECT_EQ(mail.time_to_live, kTimeToLive - absl::Seconds(100));
  EXPECT_EQ(asked, 1);
}

TEST_F(SharedMailDomain, IsNotShownToWhoDoesNotKnowTheSecret) {
  Link link(redis_->port(), hasher_);
  ASSERT_TRUE(link.Connect());
  int asked = 0;
  AskAnew(link, "a.fr", asked);
  const auto keys = link.client->SendAndWait({}, {"KEYS", "*"});
  ASSERT_THAT(keys->elements, SizeIs(1));
  EXPECT_THAT(keys->elements[0].text, ::testing::Not(::testing::HasSubstr("a.fr")));
}

TEST_F(SharedMailDomain, IsNoBusinessOfOthersWhenTheDnsFailedUs) {
  Link link(redis_->port(), hasher_);
  ASSERT_TRUE(link.Connect());
  Replica replica(clock_, link.shared(hasher_));
  replica.dns->state = MailDomainState::kTimeout;
  EXPECT_EQ(replica.Find("a.fr")->state, MailDomainState::kTimeout);
  int asked = 0;
  EXPECT_EQ(AskAnew(link, "a.fr", asked).state, MailDomainState::kHasHosts);
  EXPECT_EQ(asked, 1);
}

TEST_F(SharedMailDomain, IsTheSameWithoutRedis) {
  Link link(redis_->port(), hasher_);
  ASSERT_TRUE(link.Connect());
  int asked = 0;
  AskAnew(link, "a.fr", asked);
  redis_->Kill();
  EXPECT_EQ(AskAnew(link, "a.fr", asked).hosts.at(0).name, "mx.a.fr");
  EXPECT_EQ(AskAnew(link, "b.fr", asked).hosts.at(0).name, "mx.b.fr");
  EXPECT_EQ(asked, 3);
  ASSERT_TRUE(redis_->Restart().ok());
  ASSERT_TRUE(link.Connect());
  AskAnew(link, "a.fr", asked);
  EXPECT_TRUE(AskAnew(link, "a.fr", asked).cached) << "a Redis that is back is used again";
}

TEST_F(SharedMailDomain, IsTheSameWithARedisThatIsFrozenFullOrSpeaksNonsense) {
  TcpProxy proxy(redis_->port());
  const std::vector<LinkFault> faults = {
      {.kind = LinkFault::Kind::kBlackHole},
      {.kind = LinkFault::Kind::kLatency, .delay = absl::Milliseconds(200)},
      {.kind = LinkFault::Kind::kAnswer, .text = "-LOADING Redis is loading the dataset in memory\r\n"},
      {.kind = LinkFault::Kind::kAnswer, .text = "-OOM command not allowed\r\n"},
      {.kind = LinkFault::Kind::kAnswer, .text = "$5\r\nwrong\r\n"},
      {.kind = LinkFault::Kind::kAnswer, .text = "HTTP/1.1 400 Bad Request\r\n\r\n"},
      {.kind = LinkFault::Kind::kFlipByte, .offset = 40},
      {.kind = LinkFault::Kind::kCut, .offset = 20},
  };
  for (const LinkFault& fault : faults) {
    proxy.Set({});
    Link link(proxy.port(), hasher_);
    ASSERT_TRUE(link.Connect());
    int asked = 0;
    AskAnew(link, "a.fr", asked);
    proxy.Set(fault);
    for (int i = 0; i < 5; ++i) {
      const MailDomain mail = AskAnew(link, "a.fr", asked);
      EXPECT_EQ(mail.state, MailDomainState::kHasHosts) << static_cast<int>(fault.kind);
      EXPECT_EQ(mail.hosts.at(0).name, "mx.a.fr") << static_cast<int>(fault.kind);
    }
  }
}

}  // namespace
}  // namespace limpid::verify::dns

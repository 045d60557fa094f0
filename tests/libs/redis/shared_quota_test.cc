#include <gmock/gmock.h>

#include "libs/redis/quota.h"
#include "tests/libs/redis/redis_fixture.h"

namespace limpid::redis {
namespace {

// A token comes back in an hour: none does during a test.
constexpr double kRate = 1.0 / 60;
constexpr double kBurst = 10;

class SharedQuotaTest : public RedisTest {
 protected:
  static int Take(SharedTokenBucket& quota, int count) {
    int taken = 0;
    for (int i = 0; i < count; ++i) taken += quota.TryAcquire("key", kRate, kBurst) == absl::ZeroDuration();
    return taken;
  }
  // Returns when the answer of Redis was taken in: answers come in order.
  void Reconcile(SharedTokenBucket& quota) {
    quota.Reconcile();
    ASSERT_TRUE(client_->SendAndWait(Call{}, {"PING"}).ok());
  }

  const std::unique_ptr<limpid::testing::RedisServer> server_ = StartServer();
  const KeyHasher hasher_{"secret"};
  const std::unique_ptr<Client> client_ = Connected({.url = Url(server_->port()), .timeouts = kPatient});
  SharedTokenBucket here_{{.interval = absl::InfiniteDuration()}, client_.get(), hasher_};
  SharedTokenBucket there_{{.interval = absl::InfiniteDuration()}, client_.get(), hasher_};
};

TEST_F(SharedQuotaTest, ProcessesShareOneBucket) {
  EXPECT_EQ(Take(here_, 6), 6);
  Reconcile(here_);
  EXPECT_EQ(Take(there_, 1), 1);
  Reconcile(there_);
  EXPECT_EQ(Take(there_, 10), 3);
  Reconcile(there_);
  EXPECT_EQ(Take(here_, 1), 1);  // It does not know yet …
  Reconcile(here_);
  EXPECT_EQ(Take(here_, 10), 0);  // … and now it does.
}

TEST_F(SharedQuotaTest, WhatWasTakenTooMuchIsOwed) {
  EXPECT_EQ(Take(here_, 10), 10);
  EXPECT_EQ(Take(there_, 10), 10);
  Reconcile(here_);
  Reconcile(there_);
  // 20 of 10 at a token an hour: the next one in eleven hours.
  const absl::Duration wait = there_.TryAcquire("key", kRate, kBurst);
  EXPECT_GT(wait, absl::Hours(10));
  EXPECT_LE(wait, absl::Hours(11));
}

TEST_F(SharedQuotaTest, WhatIsTakenWhileRedisAnswersIsNotForgotten) {
  EXPECT_EQ(Take(here_, 4), 4);
  Reconcile(here_);
  EXPECT_EQ(Take(there_, 4), 4);
  server_->Freeze();
  there_.Reconcile();
  EXPECT_EQ(Take(there_, 1), 1);
  server_->Thaw();
  ASSERT_TRUE(client_->SendAndWait(Call{}, {"PING"}).ok());
  EXPECT_EQ(Take(there_, 10), 1);
}

TEST_F(SharedQuotaTest, AnEmptiedRedisDoesNotFillTheBucket) {
  EXPECT_EQ(Take(here_, 9), 9);
  Reconcile(here_);
  ASSERT_TRUE(client_->SendAndWait(Call{}, {"FLUSHALL"}).ok());
  EXPECT_EQ(Take(here_, 1), 1);
  Reconcile(here_);
  EXPECT_EQ(Take(here_, 10), 0);
}

TEST_F(SharedQuotaTest, AnEntryThatIsNoNumberIsAnEmptyOne) {
  const std::string key = hasher_.Key("quota", {"key", "0", "10"}).text();
  ASSERT_TRUE(client_->SendAndWait(Call{}, {"SET", key, "junk"}).ok());
  EXPECT_EQ(Take(here_, 4), 4);
  Reconcile(here_);
  EXPECT_EQ(Take(there_, 1), 1);
  Reconcile(there_);
  EXPECT_EQ(Take(there_, 10), 5);
}

TEST_F(SharedQuotaTest, TheEntryGoesWhenTheBucketIsFull) {
  EXPECT_EQ(here_.TryAcquire("key", 60'000, 10), absl::ZeroDuration());
  EXPECT_EQ(Take(here_, 3), 3);
  Reconcile(here_);
  const auto left = client_->SendAndWait(Call{}, {"PTTL", hasher_.Key("quota", {"key", "0", "10"}).text()});
  ASSERT_TRUE(left.ok());
  EXPECT_GT(left->integer, 3 * 3'500'000);
  EXPECT_LE(left->integer, 3 * 3'600'000 + 1);
}

TEST_F(SharedQuotaTest, WithoutRedisEachProcessIsAlone) {
  EXPECT_EQ(Take(here_, 6), 6);
  Reconcile(here_);
  server_->Kill();
  there_.Reconcile();
  EXPECT_EQ(Take(there_, 20), 10);
  there_.Reconcile();
  EXPECT_EQ(Take(here_, 20), 4);
}

TEST_F(SharedQuotaTest, RedisIsToldInTheBackground) {
  SharedTokenBucket quota({.interval = absl::Milliseconds(1)}, client_.get(), hasher_);
  EXPECT_EQ(Take(quota, 3), 3);
  const std::string key = hasher_.Key("quota", {"key", "0", "10"}).text();
  const SteadyTime until = Soon();
  int64_t exists = 0;
  while (exists == 0 && SystemClock().SteadyNow() < until) {
    exists = client_->SendAndWait(Call{}, {"EXISTS", key})->integer;
  }
  EXPECT_EQ(exists, 1);
}

TEST_F(SharedQuotaTest, AnAnswerMayComeAfterItIsGone) {
  auto quota = std::make_unique<SharedTokenBucket>(
      SharedTokenBucket::Options{.interval = absl::InfiniteDuration()}, client_.get(), hasher_);
  EXPECT_EQ(Take(*quota, 1), 1);
  server_->Freeze();
  quota->Reconcile();
  quota.reset();
  server_->Thaw();
  EXPECT_TRUE(client_->SendAndWait(Call{}, {"PING"}).ok());
}

}  // namespace
}  // namespace limpid::redis

#include "libs/redis/quota.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "libs/base/strings.h"
#include "libs/testing/fake_clock.h"

namespace limpid::redis {
namespace {

class LocalQuotaTest : public ::testing::Test {
 protected:
  int Drain(std::string_view key, double rate, double burst) {
    int taken = 0;
    while (quota_.TryAcquire(key, rate, burst) == absl::ZeroDuration()) ++taken;
    return taken;
  }

  const KeyHasher hasher_{"secret"};
  limpid::testing::FakeClock clock_;
  SharedTokenBucket quota_{{.max_keys = 100}, nullptr, hasher_, clock_};
};

TEST_F(LocalQuotaTest, WithoutRedisEachKeyHasABucketOfItsOwn) {
  EXPECT_EQ(Drain("a", 60, 5), 5);
  EXPECT_EQ(quota_.TryAcquire("a", 60, 5), absl::Seconds(1));
  EXPECT_EQ(Drain("b", 60, 5), 5);
  clock_.Advance(absl::Seconds(2));
  EXPECT_EQ(Drain("a", 60, 5), 2);
}

TEST_F(LocalQuotaTest, AChangedRateHoldsAtOnce) {
  EXPECT_EQ(Drain("a", 60, 5), 5);
  EXPECT_EQ(Drain("a", 120, 10), 10);
  EXPECT_EQ(quota_.TryAcquire("a", 120, 10), absl::Milliseconds(500));
}

TEST_F(LocalQuotaTest, TheNumberOfKeysIsBounded) {
  EXPECT_EQ(Drain("spent", 60, 5), 5);
  for (int i = 0; i < 1000; ++i) {
    quota_.TryAcquire(StrCat(i), 60, 5);
    // A key in use is not forgotten: it would have a full bucket again.
    EXPECT_GT(quota_.TryAcquire("spent", 60, 5), absl::ZeroDuration());
  }
  EXPECT_EQ(quota_.keys(), 100u);
}

TEST_F(LocalQuotaTest, ManyThreadsTogetherGetTheBurst) {
  std::atomic<int> taken = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { taken += Drain("a", 60, 1000); });
  threads.clear();
  EXPECT_EQ(taken, 1000);
}

}  // namespace
}  // namespace limpid::redis

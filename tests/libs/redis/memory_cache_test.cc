#include "libs/redis/memory_cache.h"

#include <thread>

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/testing/fake_clock.h"

namespace limpid::redis {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

class MemoryCacheTest : public ::testing::Test {
 protected:
  CacheKey Key(std::string_view name) const { return hasher_.Key("test", {name}); }
  static Cache::Value Get(Cache& cache, const CacheKey& key) {
    Cache::Value result;
    cache.Get(Call{}, key, [&](Cache::Value value) { result = std::move(value); });
    return result;
  }

  const KeyHasher hasher_{"secret"};
  MetricsRegistry metrics_;
  limpid::testing::FakeClock clock_;
  MemoryCache cache_{{}, metrics_, clock_};
};

TEST_F(MemoryCacheTest, GivesBackWhatWasSet) {
  cache_.Set(Key("a"), "one", absl::Minutes(1));
  EXPECT_THAT(Get(cache_, Key("a")), Optional(std::string("one")));
  EXPECT_EQ(Get(cache_, Key("b")), std::nullopt);
}

TEST_F(MemoryCacheTest, TheLastValueSetCounts) {
  cache_.Set(Key("a"), "one", absl::Minutes(1));
  cache_.Set(Key("a"), "two", absl::Minutes(1));
  EXPECT_THAT(Get(cache_, Key("a")), Optional(std::string("two")));
}

TEST_F(MemoryCacheTest, ValuesExpire) {
  cache_.Set(Key("a"), "one", absl::Minutes(1));
  clock_.Advance(absl::Minutes(1) - absl::Nanoseconds(1));
  EXPECT_TRUE(Get(cache_, Key("a")));
  clock_.Advance(absl::Nanoseconds(1));
  EXPECT_FALSE(Get(cache_, Key("a")));
}

TEST_F(MemoryCacheTest, AnInfiniteExpiryIsAYear) {
  cache_.Set(Key("a"), "one", absl::InfiniteDuration());
  clock_.Advance(kMaxExpiry - absl::Nanoseconds(1));
  EXPECT_TRUE(Get(cache_, Key("a")));
}

TEST_F(MemoryCacheTest, ErasedValuesAreGone) {
  cache_.Set(Key("a"), "one", absl::Minutes(1));
  absl::Status erased = absl::UnknownError("not called");
  cache_.Erase(Key("a"), [&](absl::Status status) { erased = status; });
  EXPECT_TRUE(erased.ok());
  EXPECT_FALSE(Get(cache_, Key("a")));
}

TEST_F(MemoryCacheTest, GivesSeveralInTheOrderAskedFor) {
  cache_.Set(Key("a"), "one", absl::Minutes(1));
  cache_.Set(Key("c"), "three", absl::Minutes(1));
  std::vector<Cache::Value> values;
  cache_.GetAll(Call{}, {Key("c"), Key("b"), Key("a")},
                [&](std::vector<Cache::Value> got) { values = std::move(got); });
  EXPECT_THAT(values,
              ElementsAre(Optional(std::string("three")), std::nullopt, Optional(std::string("one"))));
}

TEST_F(MemoryCacheTest, ForgetsTheLeastRecentlyUsedToStayWithinItsSize) {
  MemoryCache cache({.max_bytes = 16 * 1024 * 20}, metrics_, clock_);
  const std::string value(1000, 'x');
  cache.Set(Key("used"), value, absl::Minutes(1));
  for (int i = 0; i < 10'000; ++i) {
    cache.Set(Key(StrCat(i)), value, absl::Minutes(1));
    EXPECT_TRUE(Get(cache, Key("used"))) << i;
  }
  int kept = 0;
  for (int i = 0; i < 10'000; ++i) kept += Get(cache, Key(StrCat(i))).has_value();
  EXPECT_GT(kept, 100);
  EXPECT_LT(kept, 328);  // 320 KiB hold no more values of 1,000 bytes.
}

TEST_F(MemoryCacheTest, ValuesThatAreTooLargeAreNotKept) {
  cache_.Set(Key("a"), std::string(kMaxCachedBytes, 'x'), absl::Minutes(1));
  EXPECT_TRUE(Get(cache_, Key("a")));
  cache_.Set(Key("b"), std::string(kMaxCachedBytes + 1, 'x'), absl::Minutes(1));
  EXPECT_FALSE(Get(cache_, Key("b")));
}

TEST_F(MemoryCacheTest, CountsHitsAndMisses) {
  cache_.Set(Key("a"), "one", absl::Minutes(1));
  Get(cache_, Key("a"));
  Get(cache_, Key("b"));
  EXPECT_THAT(metrics_.Text(), ::testing::HasSubstr("limpid_cache_lookups_total{outcome=\"hit\"} 1"));
  EXPECT_THAT(metrics_.Text(), ::testing::HasSubstr("limpid_cache_lookups_total{outcome=\"miss\"} 1"));
}

TEST_F(MemoryCacheTest, ThreadsMayShareIt) {
  MemoryCache cache({.max_bytes = 64 * 1024}, metrics_);
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2000; ++i) {
        const CacheKey key = Key(StrCat(i % 100));
        cache.Set(key, StrCat(i % 100), absl::Minutes(1));
        const Cache::Value value = Get(cache, key);
        EXPECT_EQ(value.value_or(StrCat(i % 100)), StrCat(i % 100));
        if (i % 10 == 0) cache.Erase(key, [](absl::Status) {});
      }
    });
  }
}

}  // namespace
}  // namespace limpid::redis

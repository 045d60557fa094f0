#include "libs/redis/redis_cache.h"

#include <latch>

#include <gmock/gmock.h>

#include "tests/libs/redis/redis_fixture.h"

namespace limpid::redis {
namespace {

using ::testing::Each;
using ::testing::Optional;

class RedisCacheTest : public RedisTest {
 protected:
  CacheKey Key(std::string_view name) const { return hasher_.Key("test", {name}); }
  Cache::Value Get(const CacheKey& key) {
    std::latch done(1);
    Cache::Value result;
    cache_.Get(Call{}, key, [&](Cache::Value value) {
      result = std::move(value);
      done.count_down();
    });
    done.wait();
    return result;
  }
  std::vector<Cache::Value> GetAll(const std::vector<CacheKey>& keys) {
    std::latch done(1);
    std::vector<Cache::Value> result;
    cache_.GetAll(Call{}, keys, [&](std::vector<Cache::Value> values) {
      result = std::move(values);
      done.count_down();
    });
    done.wait();
    return result;
  }
  absl::Status Erase(const CacheKey& key) {
    std::latch done(1);
    absl::Status result;
    cache_.Erase(key, [&](absl::Status status) {
      result = std::move(status);
      done.count_down();
    });
    done.wait();
    return result;
  }

  const std::unique_ptr<limpid::testing::RedisServer> server_ = StartServer();
  const KeyHasher hasher_{"secret"};
  const std::unique_ptr<Client> client_ = Connected({.url = Url(server_->port()), .timeouts = kPatient});
  RedisCache cache_{*client_, hasher_, metrics_};
};

TEST_F(RedisCacheTest, GivesBackWhatWasSet) {
  const std::string value("bytes\0\r\n\xff", 9);
  cache_.Set(Key("a"), value, absl::Minutes(1));
  EXPECT_THAT(Get(Key("a")), Optional(value));
  EXPECT_EQ(Get(Key("b")), std::nullopt);
}

TEST_F(RedisCacheTest, RedisLetsValuesExpire) {
  cache_.Set(Key("a"), "value", absl::Minutes(1));
  const auto left = client_->SendAndWait(Call{}, {"PTTL", Key("a").text()});
  ASSERT_TRUE(left.ok());
  EXPECT_GT(left->integer, 0);
  EXPECT_LE(left->integer, 60'000);
  cache_.Set(Key("b"), "value", absl::InfiniteDuration());
  EXPECT_TRUE(Get(Key("b")));
}

TEST_F(RedisCacheTest, GivesManyInTheOrderAskedFor) {
  std::vector<CacheKey> keys;
  for (int i = 0; i < 50; ++i) keys.push_back(Key(StrCat(i)));
  for (int i = 0; i < 50; i += 2) cache_.Set(keys[i], StrCat("value ", i), absl::Minutes(1));
  const std::vector<Cache::Value> values = GetAll(keys);
  ASSERT_EQ(values.size(), 50u);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(values[i], i % 2 == 0 ? Cache::Value(StrCat("value ", i)) : std::nullopt) << i;
  }
  EXPECT_TRUE(GetAll({}).empty());
}

TEST_F(RedisCacheTest, TheLargestValuesFitIntoOneLookUp) {
  std::vector<CacheKey> keys;
  for (int i = 0; i < 20; ++i) keys.push_back(Key(StrCat(i)));
  for (const CacheKey& key : keys) cache_.Set(key, std::string(kMaxCachedBytes, 'x'), absl::Minutes(1));
  EXPECT_THAT(GetAll(keys), Each(Optional(std::string(kMaxCachedBytes, 'x'))));
  EXPECT_EQ(connections(), 1);
}

TEST_F(RedisCacheTest, ErasedValuesAreGone) {
  cache_.Set(Key("a"), "value", absl::Minutes(1));
  EXPECT_TRUE(Erase(Key("a")).ok());
  EXPECT_FALSE(Get(Key("a")));
}

TEST_F(RedisCacheTest, WhatSomebodyElseWroteIsAbsent) {
  const std::string key = Key("a").text();
  ASSERT_TRUE(client_->SendAndWait(Call{}, {"SET", key, "forged, and long enough to hold a tag"}).ok());
  EXPECT_FALSE(Get(Key("a")));
  ASSERT_TRUE(client_->SendAndWait(Call{}, {"SET", key, "short"}).ok());
  EXPECT_FALSE(Get(Key("a")));
  ASSERT_TRUE(client_->SendAndWait(Call{}, {"DEL", key}).ok());
  ASSERT_TRUE(client_->SendAndWait(Call{}, {"LPUSH", key, "a list"}).ok());
  EXPECT_FALSE(Get(Key("a")));
}

TEST_F(RedisCacheTest, AValueUnderAnotherKeyIsAbsent) {
  cache_.Set(Key("a"), "value", absl::Minutes(1));
  ASSERT_TRUE(client_->SendAndWait(Call{}, {"COPY", Key("a").text(), Key("b").text()}).ok());
  EXPECT_TRUE(Get(Key("a")));
  EXPECT_FALSE(Get(Key("b")));
}

TEST_F(RedisCacheTest, WithoutRedisItIsEmptyAndSaysThatNothingWasErased) {
  server_->Kill();
  EXPECT_FALSE(Get(Key("a")));
  EXPECT_THAT(GetAll({Key("a"), Key("b")}), Each(std::nullopt));
  cache_.Set(Key("a"), "value", absl::Minutes(1));
  EXPECT_EQ(Erase(Key("a")).code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace limpid::redis

#include "libs/redis/url.h"

#include <gmock/gmock.h>

namespace limpid::redis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(RedisUrl, NamesAServerAndItsDatabase) {
  const auto target = ParseUrl("redis://cache.example:6380/3");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_THAT(target->hosts, ElementsAre(HostPort{"cache.example", 6380}));
  EXPECT_EQ(target->database, 3);
  EXPECT_FALSE(target->tls);
  EXPECT_TRUE(target->password.empty());
}

TEST(RedisUrl, PortAndDatabaseHaveDefaults) {
  const auto target = ParseUrl("redis://cache.example");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_THAT(target->hosts, ElementsAre(HostPort{"cache.example", 6379}));
  EXPECT_EQ(target->database, 0);
}

TEST(RedisUrl, CredentialsMayHoldEscapesAndAtSigns) {
  const auto target = ParseUrl("rediss://limpid:p%40ss%3aw@rd@h:1/0");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_TRUE(target->tls);
  EXPECT_EQ(target->user, "limpid");
  EXPECT_EQ(target->password, "p@ss:w@rd");
}

TEST(RedisUrl, APasswordAloneSignsInTheDefaultUser) {
  const auto target = ParseUrl("redis://:secret@h");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_EQ(target->user, "");
  EXPECT_EQ(target->password, "secret");
}

TEST(RedisUrl, Ipv6AddressesStandInBrackets) {
  const auto target = ParseUrl("redis://[::1]:6380/0");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_THAT(target->hosts, ElementsAre(HostPort{"::1", 6380}));
}

TEST(RedisUrl, NamesSentinelsTheMasterAndItsDatabase) {
  const auto target = ParseUrl("rediss+sentinel://u:p@s1:26380,s2/limpid/2");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_TRUE(target->tls);
  EXPECT_THAT(target->hosts, ElementsAre(HostPort{"s1", 26380}, HostPort{"s2", 26379}));
  EXPECT_EQ(target->sentinel_master, "limpid");
  EXPECT_EQ(target->database, 2);
}

TEST(RedisUrl, NamesAUnixSocket) {
  const auto target = ParseUrl("unix:/run/redis.sock");
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_EQ(target->unix_path, "/run/redis.sock");
}

TEST(RedisUrl, WhatIsBrokenIsRefusedWithoutShowingAnyOfIt) {
  for (const char* url : {"",
                          "cache.example",
                          "http://cache.example",
                          "redis+x://tell",
                          "redis://",
                          "redis://tell:",
                          "redis://tell:0",
                          "redis://tell:65536",
                          "redis://tell:12x",
                          "redis://tell/x",
                          "redis://tell/-1",
                          "redis://tell/0/1",
                          "redis://[tell",
                          "redis://[::1]x",
                          "redis://[::1]:",
                          "redis://tell@h",
                          "redis://tell:@h",
                          "redis://u:tell%4@h",
                          "redis://u:tell%zz@h",
                          "redis+sentinel://tell",
                          "redis+sentinel://tell,/m",
                          "redis+sentinel://tell/m/x",
                          "unix:"}) {
    const auto target = ParseUrl(url);
    EXPECT_EQ(target.status().code(), absl::StatusCode::kInvalidArgument) << url;
    EXPECT_THAT(std::string(target.status().message()), Not(HasSubstr("tell"))) << url;
  }
}

}  // namespace
}  // namespace limpid::redis

#include "libs/redis/key_hasher.h"

#include <gmock/gmock.h>

namespace limpid::redis {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

TEST(KeyHasher, KeysShowTheirKindAndNothingElse) {
  const std::string key = KeyHasher("secret").Key("verdict", {"acme", "jean@example.org"}).text();
  EXPECT_THAT(key, MatchesRegex("limpid:verdict:[A-Za-z0-9_-]+"));
  EXPECT_EQ(key.size(), std::string("limpid:verdict:").size() + 22);
  EXPECT_THAT(key, Not(HasSubstr("jean")));
}

TEST(KeyHasher, TheSameSecretMakesTheSameKey) {
  EXPECT_EQ(KeyHasher("secret").Key("mx", {"example.org"}), KeyHasher("secret").Key("mx", {"example.org"}));
  EXPECT_NE(KeyHasher("secret").Key("mx", {"example.org"}), KeyHasher("other").Key("mx", {"example.org"}));
}

TEST(KeyHasher, PartsAreKeptApart) {
  const KeyHasher hasher("secret");
  EXPECT_NE(hasher.Key("v", {"ab", "c"}), hasher.Key("v", {"a", "bc"}));
  EXPECT_NE(hasher.Key("v", {"ab"}), hasher.Key("v", {"ab", ""}));
}

TEST(KeyHasher, TagsBelongToTheirKeyAndValue) {
  const KeyHasher hasher("secret");
  const CacheKey key = hasher.Key("v", {"a"});
  EXPECT_EQ(hasher.Tag(key, "value").size(), KeyHasher::kTagBytes);
  EXPECT_EQ(hasher.Tag(key, "value"), hasher.Tag(key, "value"));
  EXPECT_NE(hasher.Tag(key, "value"), hasher.Tag(key, "valuf"));
  EXPECT_NE(hasher.Tag(key, "value"), hasher.Tag(hasher.Key("v", {"b"}), "value"));
}

}  // namespace
}  // namespace limpid::redis

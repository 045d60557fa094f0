#include "gateway/identity/key_cache.h"

#include <memory>
#include <string>

#include <gmock/gmock.h>

#include "gateway/identity/sha256_secret_mint.h"

namespace limpid::gateway {
namespace {

CachedKey KeyOf(const char* tenant) {
  CachedKey key;
  key.identity = std::make_shared<const Identity>(Identity{.tenant = TenantId(tenant)});
  return key;
}

TEST(KeyCache, KnowsWhatWasPutThere) {
  KeyCache cache({});
  const SecretHash known = HashSecret("known");
  const SecretHash unknown = HashSecret("unknown");
  EXPECT_FALSE(cache.Find(known).has_value());
  cache.Put(known, KeyOf("acme"), cache.Generation());
  cache.PutUnknown(unknown, cache.Generation());
  EXPECT_EQ(cache.Find(known)->key->identity->tenant, TenantId("acme"));
  ASSERT_TRUE(cache.Find(unknown).has_value());
  EXPECT_FALSE(cache.Find(unknown)->key.has_value());
}

TEST(KeyCache, ForgetsAllWhenSomethingChanged) {
  KeyCache cache({});
  cache.Put(HashSecret("a"), KeyOf("acme"), cache.Generation());
  cache.PutUnknown(HashSecret("b"), cache.Generation());
  cache.Clear();
  EXPECT_FALSE(cache.Find(HashSecret("a")).has_value());
  EXPECT_FALSE(cache.Find(HashSecret("b")).has_value());
}

TEST(KeyCache, TakesNothingThatWasReadBeforeAChange) {
  KeyCache cache({});
  const uint64_t generation = cache.Generation();
  cache.Clear();
  cache.Put(HashSecret("a"), KeyOf("acme"), generation);
  cache.PutUnknown(HashSecret("b"), generation);
  EXPECT_FALSE(cache.Find(HashSecret("a")).has_value());
  EXPECT_FALSE(cache.Find(HashSecret("b")).has_value());
}

TEST(KeyCache, IsBounded) {
  KeyCache cache({.max_known = 64, .max_unknown = 64});
  int known = 0;
  int unknown = 0;
  for (int i = 0; i < 1000; ++i) {
    cache.Put(HashSecret("k" + std::to_string(i)), KeyOf("acme"), cache.Generation());
    cache.PutUnknown(HashSecret("u" + std::to_string(i)), cache.Generation());
  }
  for (int i = 0; i < 1000; ++i) {
    known += cache.Find(HashSecret("k" + std::to_string(i))).has_value();
    unknown += cache.Find(HashSecret("u" + std::to_string(i))).has_value();
  }
  EXPECT_LE(known, 64);
  EXPECT_LE(unknown, 64);
  EXPECT_GT(known, 0);
}

}  // namespace
}  // namespace limpid::gateway

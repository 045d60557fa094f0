#include "libs/base/random.h"

#include <array>
#include <set>

#include <gmock/gmock.h>

#include "libs/testing/fixed_random.h"

namespace limpid {
namespace {

TEST(Random, FractionLiesBetweenZeroAndOne) {
  testing::FixedRandom random(1);
  EXPECT_LT(random.Fraction(), 1.0);
  EXPECT_GT(random.Fraction(), 0.999);
  random.Set(0);
  EXPECT_EQ(random.Fraction(), 0.0);
}

TEST(Random, BetweenSpansTheGivenRange) {
  testing::FixedRandom random(0);
  EXPECT_EQ(random.Between(0.8, 1.2), 0.8);
  random.Set(1);
  EXPECT_NEAR(random.Between(0.8, 1.2), 1.2, 1e-9);
}

TEST(SecureRandom, FillsWhatOneSystemCallCannot) {
  std::array<std::byte, 1000> bytes{};
  SecureRandom().Fill(bytes);
  // 744 zero bytes behind the first 256 would mean that only one call was made.
  EXPECT_TRUE(
      std::any_of(bytes.begin() + 900, bytes.end(), [](std::byte byte) { return byte != std::byte{}; }));
}

TEST(SecureRandom, SecretsAreDistinctAndSafeInUrls) {
  std::set<std::string> secrets;
  for (int i = 0; i < 1000; ++i) {
    const std::string secret = NewSecret(SecureRandom());
    EXPECT_THAT(secret, ::testing::MatchesRegex("[A-Za-z0-9_-]+"));
    EXPECT_EQ(secret.size(), 43u);
    secrets.insert(secret);
  }
  EXPECT_EQ(secrets.size(), 1000u);
}

}  // namespace
}  // namespace limpid

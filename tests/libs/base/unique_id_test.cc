#include "libs/base/unique_id.h"

#include <set>

#include <gmock/gmock.h>

#include "libs/testing/fake_clock.h"
#include "libs/testing/fixed_random.h"

namespace limpid {
namespace {

using testing::FakeClock;
using testing::FixedRandom;

TEST(NewId, IsALabelOfResourceNames) {
  const std::string id = NewId("c", SystemClock(), SecureRandom());
  EXPECT_THAT(id, ::testing::MatchesRegex("c[a-z0-9]+"));
  EXPECT_EQ(id.size(), 27u);
}

TEST(NewId, SortsByTheTimeOfItsMaking) {
  FakeClock clock;
  FixedRandom random(1);
  const std::string earlier = NewId("c", clock, random);
  clock.Advance(absl::Milliseconds(1));
  random.Set(0);
  EXPECT_LT(earlier, NewId("c", clock, random));
  clock.Advance(absl::Hours(24 * 365 * 30));
  EXPECT_LT(earlier, NewId("c", clock, random));
}

TEST(NewId, HasAFixedLengthAtBothEndsOfTime) {
  FixedRandom random;
  EXPECT_EQ(NewId("c", FakeClock(absl::InfinitePast()), random).size(), 27u);
  EXPECT_EQ(NewId("c", FakeClock(absl::InfiniteFuture()), random).size(), 27u);
}

TEST(NewId, ManyOfOneMillisecondAreDistinct) {
  FakeClock clock;
  std::set<std::string> ids;
  for (int i = 0; i < 10'000; ++i) ids.insert(NewId("c", clock, SecureRandom()));
  EXPECT_EQ(ids.size(), 10'000u);
}

}  // namespace
}  // namespace limpid

#include "libs/base/sliding_counts.h"

#include <gtest/gtest.h>

namespace limpid {
namespace {

constexpr SteadyTime At(int milliseconds) {
  return SteadyTime(std::chrono::milliseconds(100'000 + milliseconds));
}

TEST(SlidingCounts, SumsWhatLiesWithinTheWindow) {
  SlidingCounts counts(absl::Seconds(10));
  counts.Add(At(0), {.all = 3, .marked = 1});
  counts.Add(At(5000), {.all = 2, .marked = 2});
  EXPECT_EQ(counts.Within(At(9000)).all, 5);
  EXPECT_EQ(counts.Within(At(9000)).marked, 3);
}

TEST(SlidingCounts, ForgetsWhatIsOlderThanTheWindow) {
  SlidingCounts counts(absl::Seconds(10));
  counts.Add(At(0), {.all = 3});
  counts.Add(At(5000), {.all = 2});
  EXPECT_EQ(counts.Within(At(10'000)).all, 2);
  EXPECT_EQ(counts.Within(At(15'000)).all, 0);
}

TEST(SlidingCounts, ABucketUsedAgainStartsFromZero) {
  SlidingCounts counts(absl::Seconds(10));
  counts.Add(At(0), {.all = 3});
  counts.Add(At(10'000), {.all = 1});
  EXPECT_EQ(counts.Within(At(10'000)).all, 1);
}

TEST(SlidingCounts, ClearForgetsAll) {
  SlidingCounts counts(absl::Seconds(10));
  counts.Add(At(0), {.all = 3, .marked = 3});
  counts.Clear();
  EXPECT_EQ(counts.Within(At(0)).all, 0);
  EXPECT_EQ(counts.Within(At(0)).marked, 0);
}

}  // namespace
}  // namespace limpid

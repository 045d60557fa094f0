#include "libs/base/retry.h"

#include <gtest/gtest.h>

#include "libs/testing/fake_clock.h"
#include "libs/testing/fixed_random.h"

namespace limpid {
namespace {

using testing::FakeClock;
using testing::FixedRandom;

class RetryPolicyTest : public ::testing::Test {
 protected:
  RetryPolicy Policy(RetryPolicy::Options options = {}) { return RetryPolicy(options, clock_, random_); }

  FakeClock clock_;
  FixedRandom random_;  // no jitter
  const Call call_;
};

TEST_F(RetryPolicyTest, DoublesTheDelayAndGivesUpAfterTwoRetries) {
  RetryPolicy policy = Policy({.initial_delay = absl::Milliseconds(20)});
  EXPECT_EQ(policy.NextDelay(1, call_), absl::Milliseconds(20));
  EXPECT_EQ(policy.NextDelay(2, call_), absl::Milliseconds(40));
  EXPECT_EQ(policy.NextDelay(3, call_), std::nullopt);
}

TEST_F(RetryPolicyTest, TheDelayHasAnUpperBound) {
  RetryPolicy policy = Policy(
      {.max_retries = 50, .initial_delay = absl::Milliseconds(20), .max_delay = absl::Milliseconds(90)});
  EXPECT_EQ(policy.NextDelay(4, call_), absl::Milliseconds(90));
  EXPECT_EQ(policy.NextDelay(50, call_), absl::Milliseconds(90));
}

TEST_F(RetryPolicyTest, JitterSpreadsTheDelayOnBothSides) {
  RetryPolicy policy = Policy({.initial_delay = absl::Milliseconds(20)});
  random_.Set(0);
  EXPECT_EQ(policy.NextDelay(1, call_), absl::Milliseconds(10));
  random_.Set(1);
  const auto longest = policy.NextDelay(1, call_);
  EXPECT_GT(*longest, absl::Milliseconds(29));
  EXPECT_LE(*longest, absl::Milliseconds(30));
}

TEST_F(RetryPolicyTest, DoesNotWaitPastTheDeadlineOfTheCall) {
  RetryPolicy policy = Policy({.initial_delay = absl::Milliseconds(20)});
  EXPECT_EQ(policy.NextDelay(1, call_.Within(absl::Milliseconds(20), clock_)), std::nullopt);
  EXPECT_TRUE(policy.NextDelay(1, call_.Within(absl::Milliseconds(21), clock_)));
}

TEST_F(RetryPolicyTest, DoesNotRetryForACallerThatHasGone) {
  RetryPolicy policy = Policy();
  std::stop_source stop;
  Call call;
  call.stop = stop.get_token();
  stop.request_stop();
  EXPECT_EQ(policy.NextDelay(1, call), std::nullopt);
}

TEST_F(RetryPolicyTest, TheBudgetIsATenthOfTheRequests) {
  RetryPolicy policy = Policy({.min_retries_per_second = 0});
  for (int i = 0; i < 100; ++i) policy.CountRequest();
  int granted = 0;
  for (int i = 0; i < 100; ++i) granted += policy.NextDelay(1, call_).has_value();
  EXPECT_EQ(granted, 10);
}

TEST_F(RetryPolicyTest, AQuietPeerMayStillBeTriedAgain) {
  RetryPolicy policy = Policy({.min_retries_per_second = 1});
  int granted = 0;
  for (int i = 0; i < 100; ++i) granted += policy.NextDelay(1, call_).has_value();
  EXPECT_EQ(granted, 10);
  clock_.Advance(absl::Seconds(10));
  EXPECT_TRUE(policy.NextDelay(1, call_));
}

}  // namespace
}  // namespace limpid

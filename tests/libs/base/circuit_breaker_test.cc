#include "libs/base/circuit_breaker.h"

#include <gtest/gtest.h>

#include "libs/testing/fake_clock.h"
#include "libs/testing/fixed_random.h"

namespace limpid {
namespace {

using testing::FakeClock;
using testing::FixedRandom;
using State = CircuitBreaker::State;

class CircuitBreakerTest : public ::testing::Test {
 protected:
  void Succeed(int times) {
    for (int i = 0; i < times; ++i) breaker_.Admit()->Succeeded();
  }
  void Fail(int times) {
    for (int i = 0; i < times; ++i) breaker_.Admit()->Failed();
  }

  FakeClock clock_;
  FixedRandom random_;  // no jitter
  CircuitBreaker breaker_{{}, clock_, random_};
};

TEST_F(CircuitBreakerTest, OpensAfterFiveFailuresInARow) {
  Fail(4);
  EXPECT_EQ(breaker_.state(), State::kClosed);
  EXPECT_TRUE(breaker_.Admit()->Failed());
  EXPECT_EQ(breaker_.state(), State::kOpen);
  EXPECT_FALSE(breaker_.Admit());
  EXPECT_EQ(breaker_.RetryAfter(), absl::Seconds(5));
}

TEST_F(CircuitBreakerTest, ASuccessEndsTheRow) {
  Fail(4);
  Succeed(1);
  Fail(4);
  EXPECT_EQ(breaker_.state(), State::kClosed);
}

TEST_F(CircuitBreakerTest, OpensWhenHalfOfTwentyFailed) {
  for (int i = 0; i < 9; ++i) {
    Succeed(1);
    Fail(1);
  }
  Succeed(1);
  EXPECT_EQ(breaker_.state(), State::kClosed);
  Fail(1);
  EXPECT_EQ(breaker_.state(), State::kOpen);
}

TEST_F(CircuitBreakerTest, FailuresOfLongAgoDoNotCount) {
  for (int i = 0; i < 9; ++i) {
    Succeed(1);
    Fail(1);
  }
  clock_.Advance(absl::Seconds(10));
  Succeed(1);
  Fail(1);
  EXPECT_EQ(breaker_.state(), State::kClosed);
}

TEST_F(CircuitBreakerTest, AdmitsOneProbeWhenItIsDue) {
  Fail(5);
  clock_.Advance(absl::Milliseconds(4999));
  EXPECT_FALSE(breaker_.Admit());
  clock_.Advance(absl::Milliseconds(1));
  auto probe = breaker_.Admit();
  ASSERT_TRUE(probe);
  EXPECT_EQ(breaker_.state(), State::kHalfOpen);
  EXPECT_FALSE(breaker_.Admit());
  probe->Succeeded();
  EXPECT_EQ(breaker_.state(), State::kClosed);
  EXPECT_TRUE(breaker_.Admit());
}

TEST_F(CircuitBreakerTest, EachFailedProbeDoublesTheWaitUpToAMinute) {
  Fail(5);
  for (const int seconds : {5, 10, 20, 40, 60, 60}) {
    EXPECT_EQ(breaker_.RetryAfter(), absl::Seconds(seconds));
    clock_.Advance(absl::Seconds(seconds));
    breaker_.Admit()->Failed();
  }
}

TEST_F(CircuitBreakerTest, AfterARecoveryTheWaitStartsAnew) {
  Fail(5);
  clock_.Advance(absl::Seconds(5));
  breaker_.Admit()->Failed();
  clock_.Advance(absl::Seconds(10));
  breaker_.Admit()->Succeeded();
  Fail(5);
  EXPECT_EQ(breaker_.RetryAfter(), absl::Seconds(5));
}

TEST_F(CircuitBreakerTest, TheWaitVariesByAFifth) {
  random_.Set(0);
  Fail(5);
  EXPECT_EQ(breaker_.RetryAfter(), absl::Seconds(4));
}

TEST_F(CircuitBreakerTest, AProbeThatWasGivenUpIsGivenToTheNext) {
  Fail(5);
  clock_.Advance(absl::Seconds(5));
  { auto probe = breaker_.Admit(); }
  EXPECT_EQ(breaker_.state(), State::kOpen);
  EXPECT_TRUE(breaker_.Admit());
}

TEST_F(CircuitBreakerTest, NewsOfCallsFromBeforeItOpenedIsIgnored) {
  auto early_success = breaker_.Admit();
  auto early_failure = breaker_.Admit();
  Fail(5);
  early_success->Succeeded();
  EXPECT_EQ(breaker_.state(), State::kOpen);
  clock_.Advance(absl::Seconds(5));
  auto probe = breaker_.Admit();
  EXPECT_FALSE(early_failure->Failed());
  EXPECT_EQ(breaker_.state(), State::kHalfOpen);
  probe->Succeeded();
  EXPECT_EQ(breaker_.state(), State::kClosed);
}

TEST_F(CircuitBreakerTest, ACallThatWasGivenUpCountsForNothing) {
  Fail(4);
  { auto abandoned = breaker_.Admit(); }
  EXPECT_EQ(breaker_.state(), State::kClosed);
  Fail(1);
  EXPECT_EQ(breaker_.state(), State::kOpen);
}

}  // namespace
}  // namespace limpid

#include "libs/base/token_bucket.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace limpid {
namespace {

constexpr SteadyTime kStart = SteadyTime(std::chrono::hours(1));
constexpr SteadyTime After(int milliseconds) { return kStart + std::chrono::milliseconds(milliseconds); }

int Drain(TokenBucket& bucket, SteadyTime now) {
  int taken = 0;
  while (bucket.TryAcquire(now) == absl::ZeroDuration()) ++taken;
  return taken;
}

TEST(TokenBucket, LetsTheBurstThroughAtOnceAndThenSaysHowLongToWait) {
  TokenBucket bucket(60, 5);
  EXPECT_EQ(Drain(bucket, kStart), 5);
  EXPECT_EQ(bucket.TryAcquire(kStart), absl::Seconds(1));
  EXPECT_EQ(bucket.TryAcquire(After(400)), absl::Milliseconds(600));
}

TEST(TokenBucket, TokensComeBackAtTheRateUpToTheBurst) {
  TokenBucket bucket(60, 5);
  Drain(bucket, kStart);
  EXPECT_EQ(Drain(bucket, After(2'500)), 2);
  EXPECT_EQ(Drain(bucket, After(3'600'000)), 5);
}

TEST(TokenBucket, ARefusalTakesNothing) {
  TokenBucket bucket(60, 1);
  EXPECT_EQ(Drain(bucket, kStart), 1);
  for (int i = 0; i < 10; ++i) bucket.TryAcquire(kStart);
  EXPECT_EQ(bucket.TryAcquire(After(1'000)), absl::ZeroDuration());
}

TEST(TokenBucket, MoreThanTheBurstCanNeverBe) {
  TokenBucket bucket(60, 5);
  EXPECT_EQ(bucket.TryAcquire(kStart, 6), absl::InfiniteDuration());
  EXPECT_EQ(bucket.TryAcquire(kStart, 5), absl::ZeroDuration());
}

TEST(TokenBucket, ARateOfZeroLetsNothingThrough) {
  TokenBucket bucket(0, 5);
  EXPECT_EQ(bucket.TryAcquire(kStart), absl::InfiniteDuration());
}

TEST(TokenBucket, WaitForTakesNothing) {
  TokenBucket bucket(60, 1);
  EXPECT_EQ(bucket.WaitFor(kStart), absl::ZeroDuration());
  EXPECT_EQ(bucket.WaitFor(kStart), absl::ZeroDuration());
  EXPECT_EQ(Drain(bucket, kStart), 1);
  EXPECT_EQ(bucket.WaitFor(kStart), absl::Seconds(1));
}

TEST(TokenBucket, WhatWasSpentElsewhereIsOwedUpToOneMoreBurst) {
  TokenBucket bucket(60, 5);
  bucket.Take(kStart, 7);
  EXPECT_EQ(bucket.TryAcquire(kStart), absl::Seconds(3));
  bucket.Take(kStart, 1'000'000);
  EXPECT_EQ(bucket.UntilFull(kStart), absl::Seconds(10));
}

TEST(TokenBucket, AnotherBucketsStateCanBeTakenOver) {
  TokenBucket there(60, 5);
  there.Take(kStart, 3);
  TokenBucket here(60, 5);
  here.SetUntilFull(kStart, there.UntilFull(kStart));
  EXPECT_EQ(Drain(here, kStart), 2);
  here.SetUntilFull(kStart, -absl::Seconds(1));
  EXPECT_EQ(Drain(here, kStart), 5);
  here.SetUntilFull(kStart, absl::InfiniteDuration());
  EXPECT_EQ(here.UntilFull(kStart), absl::Seconds(10));
}

TEST(TokenBucket, ManyThreadsTogetherGetTheBurst) {
  TokenBucket bucket(60, 1000);
  std::atomic<int> taken = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { taken += Drain(bucket, kStart); });
  threads.clear();
  EXPECT_EQ(taken, 1000);
}

}  // namespace
}  // namespace limpid

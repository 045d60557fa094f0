#include "gateway/identity/refusal_limiter.h"

#include <string>

#include <gmock/gmock.h>

#include "libs/testing/fake_clock.h"

namespace limpid::gateway {
namespace {

TEST(RefusalLimiter, LetsAHundredWrongKeysAMinuteThrough) {
  limpid::testing::FakeClock clock;
  RefusalLimiter limiter({}, clock);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(limiter.Wait("192.0.2.1"), absl::ZeroDuration()) << i;
    limiter.Count("192.0.2.1");
    clock.Advance(absl::Milliseconds(100));
  }
  EXPECT_EQ(limiter.Wait("192.0.2.1"), absl::Seconds(50));
  EXPECT_EQ(limiter.Wait("192.0.2.2"), absl::ZeroDuration());
  clock.Advance(absl::Seconds(50));
  EXPECT_EQ(limiter.Wait("192.0.2.1"), absl::ZeroDuration());
  limiter.Count("192.0.2.1");
  EXPECT_EQ(limiter.Wait("192.0.2.1"), absl::ZeroDuration());
}

TEST(RefusalLimiter, ForgetsFirstWhoseTimeIsOver) {
  limpid::testing::FakeClock clock;
  RefusalLimiter limiter({.per_minute = 1, .max_addresses = 2}, clock);
  limiter.Count("192.0.2.1");
  clock.Advance(absl::Minutes(2));
  limiter.Count("192.0.2.2");
  limiter.Count("192.0.2.3");
  EXPECT_GT(limiter.Wait("192.0.2.2"), absl::ZeroDuration());
  EXPECT_GT(limiter.Wait("192.0.2.3"), absl::ZeroDuration());
}

TEST(RefusalLimiter, IsBoundedWhenAllAreAtIt) {
  limpid::testing::FakeClock clock;
  RefusalLimiter limiter({.per_minute = 1, .max_addresses = 8}, clock);
  for (int i = 0; i < 100; ++i) limiter.Count("198.51.100." + std::to_string(i));
  int remembered = 0;
  for (int i = 0; i < 100; ++i) {
    remembered += limiter.Wait("198.51.100." + std::to_string(i)) > absl::ZeroDuration();
  }
  EXPECT_EQ(remembered, 8);
}

}  // namespace
}  // namespace limpid::gateway

#include "libs/base/token_bucket.h"

#include <algorithm>

namespace limpid {
namespace {

constexpr double kNanosecondsPerMinute = 60e9;
// A century: no sum of two of these leaves 64 bits.
constexpr double kLongest = 3.2e18;

int64_t Nanoseconds(SteadyTime time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

}  // namespace

TokenBucket::TokenBucket(double rate_per_minute, double burst)
    : burst_(rate_per_minute > 0 ? burst : 0),
      interval_(rate_per_minute > 0 ? kNanosecondsPerMinute / rate_per_minute : kLongest) {}

int64_t TokenBucket::Cost(double tokens) const {
  return static_cast<int64_t>(std::min(tokens * interval_, kLongest));
}

int64_t TokenBucket::Wait(int64_t full_at, int64_t now, double tokens) const {
  return std::max(full_at, now) - now + Cost(tokens) - Cost(burst_);
}

absl::Duration TokenBucket::TryAcquire(SteadyTime now, double tokens) {
  if (tokens > burst_) return absl::InfiniteDuration();
  const int64_t at = Nanoseconds(now);
  int64_t full_at = full_at_.load(std::memory_order_relaxed);
  for (;;) {
    if (const int64_t wait = Wait(full_at, at, tokens); wait > 0) return absl::Nanoseconds(wait);
    if (full_at_.compare_exchange_weak(full_at, std::max(full_at, at) + Cost(tokens),
                                       std::memory_order_relaxed)) {
      return absl::ZeroDuration();
    }
  }
}

absl::Duration TokenBucket::WaitFor(SteadyTime now, double tokens) const {
  if (tokens > burst_) return absl::InfiniteDuration();
  const int64_t wait = Wait(full_at_.load(std::memory_order_relaxed), Nanoseconds(now), tokens);
  return absl::Nanoseconds(std::max<int64_t>(wait, 0));
}

void TokenBucket::Take(SteadyTime now, double tokens) {
  const int64_t at = Nanoseconds(now);
  const int64_t most = at + Cost(2 * burst_);
  int64_t full_at = full_at_.load(std::memory_order_relaxed);
  while (!full_at_.compare_exchange_weak(full_at, std::min(std::max(full_at, at) + Cost(tokens), most),
                                         std::memory_order_relaxed)) {
  }
}

absl::Duration TokenBucket::UntilFull(SteadyTime now) const {
  const int64_t left = full_at_.load(std::memory_order_relaxed) - Nanoseconds(now);
  return absl::Nanoseconds(std::max<int64_t>(left, 0));
}

void TokenBucket::SetUntilFull(SteadyTime now, absl::Duration until_full) {
  const int64_t most = Cost(2 * burst_);
  full_at_.store(Nanoseconds(now) + std::clamp<int64_t>(absl::ToInt64Nanoseconds(until_full), 0, most),
                 std::memory_order_relaxed);
}

}  // namespace limpid

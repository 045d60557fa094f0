#include "gateway/doors/quota.h"

#include <algorithm>

#include "libs/base/error.h"

namespace limpid::gateway {
namespace {

constexpr double kBurstShare = 0.1;

}  // namespace

absl::Status Quota::Admit(const Identity& identity) {
  const double rate = identity.rate_per_minute;
  const absl::Duration wait =
      buckets_.TryAcquire(identity.key.value(), rate, std::max(1.0, rate * kBurstShare));
  return wait > absl::ZeroDuration() ? RateLimited(wait) : absl::OkStatus();
}

}  // namespace limpid::gateway

#include "gateway/doors/quota.h"

#include <algorithm>

#include "gateway/identity/remote_address.h"
#include "libs/base/error.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

constexpr double kBurstShare = 0.1;

}  // namespace

absl::Status Quota::Admit(const Identity& identity) {
  return Take(identity.key.value(), identity.rate_per_minute);
}

absl::Status Quota::AdmitKeyless(std::string_view peer) {
  // Ids of keys hold no blank.
  return Take(StrCat("from ", PeerNetwork(peer)), keyless_per_minute_);
}

absl::Status Quota::Take(std::string_view who, double rate_per_minute) {
  const absl::Duration wait =
      buckets_.TryAcquire(who, rate_per_minute, std::max(1.0, rate_per_minute * kBurstShare));
  return wait > absl::ZeroDuration() ? RateLimited(wait) : absl::OkStatus();
}

}  // namespace limpid::gateway

#pragma once

#include <string_view>

#include "absl/status/status.h"

#include "gateway/identity/identity.h"
#include "libs/redis/quota.h"

namespace limpid::gateway {

/// How many calls a key may make: its rate per minute, and a tenth of a minute's worth at once; for calls
/// that need no key the same of the address that they come from. Shared with other gateways through Redis,
/// alone without it. Thread-safe; never waits.
class Quota {
 public:
  Quota(redis::SharedTokenBucket& buckets, double keyless_per_minute)
      : buckets_(buckets), keyless_per_minute_(keyless_per_minute) {}

  /// OK, or RESOURCE_EXHAUSTED (RATE_LIMITED) with the time to wait.
  absl::Status Admit(const Identity& identity);
  /// The same for a call without a key. `peer` as PeerNetwork takes it.
  absl::Status AdmitKeyless(std::string_view peer);

 private:
  absl::Status Take(std::string_view who, double rate_per_minute);

  redis::SharedTokenBucket& buckets_;
  const double keyless_per_minute_;
};

}  // namespace limpid::gateway

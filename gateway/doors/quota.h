#pragma once

#include "absl/status/status.h"

#include "gateway/identity/identity.h"
#include "libs/redis/quota.h"

namespace limpid::gateway {

/// How many calls a key may make: its rate per minute, and a tenth of a minute's worth at once. Shared with
/// other gateways through Redis, alone without it. Thread-safe; never waits.
class Quota {
 public:
  explicit Quota(redis::SharedTokenBucket& buckets) : buckets_(buckets) {}

  /// OK, or RESOURCE_EXHAUSTED (RATE_LIMITED) with the time to wait.
  absl::Status Admit(const Identity& identity);

 private:
  redis::SharedTokenBucket& buckets_;
};

}  // namespace limpid::gateway

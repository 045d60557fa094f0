#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/base/token_bucket.h"

namespace limpid::gateway {

/// How often an address may be told that its key is wrong: against guessing. Bounded; when too many addresses
/// are at it, the ones whose time is over are forgotten first. Thread-safe.
class RefusalLimiter {
 public:
  struct Options {
    double per_minute = 100;
    size_t max_addresses = 64 * 1024;
  };
  RefusalLimiter(Options options, const Clock& clock) : options_(options), clock_(clock) {}

  /// Zero, or how long this address must wait before a key that is not known is looked at.
  absl::Duration Wait(std::string_view peer);
  /// Notes a wrong key.
  void Count(std::string_view peer);

 private:
  void MakeRoom(SteadyTime now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Options options_;
  const Clock& clock_;
  Mutex mutex_;
  absl::flat_hash_map<std::string, std::unique_ptr<TokenBucket>> buckets_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid::gateway

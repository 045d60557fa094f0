#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/base/mutex.h"

namespace limpid::gateway {

/// How often an address may be told within a minute that its key is wrong: against guessing. The minute
/// begins with the first wrong key. Bounded; when too many addresses are at it, those whose minute is over
/// are forgotten first. Thread-safe.
class RefusalLimiter {
 public:
  struct Options {
    int64_t per_minute = 100;
    size_t max_addresses = 64 * 1024;
  };
  RefusalLimiter(Options options, const Clock& clock) : options_(options), clock_(clock) {}

  /// Zero, or how long this address must wait before a key that is not known is looked at.
  absl::Duration Wait(std::string_view peer);
  /// Notes a wrong key.
  void Count(std::string_view peer);

 private:
  struct Minute {
    SteadyTime end;
    int64_t refusals = 0;
  };
  void MakeRoom(SteadyTime now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Options options_;
  const Clock& clock_;
  Mutex mutex_;
  absl::flat_hash_map<std::string, Minute> minutes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid::gateway

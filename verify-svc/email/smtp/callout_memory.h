#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/base/metrics.h"
#include "libs/quality/email/verdict.h"
#include "libs/redis/cache.h"
#include "libs/redis/key_hasher.h"
#include "libs/redis/memory_cache.h"

namespace limpid::verify {

/// What callouts learn beside verdicts, so that servers are asked less: which domains are catch-alls, which
/// providers want to be left alone, how often a mailbox was put off. Kept in the process, and in the shared
/// cache where there is one, which may be away at any time. Thread-safe; held by a shared_ptr, for answers
/// that are still under way.
class CalloutMemory : public std::enable_shared_from_this<CalloutMemory> {
 public:
  /// A domain that has become a catch-all does more harm than one that no longer is.
  static constexpr absl::Duration kCatchAllFor = absl::Hours(24 * 7);
  static constexpr absl::Duration kNoCatchAllFor = absl::Hours(24);

  struct Known {
    quality::Ternary catch_all = quality::Ternary::kUnknown;
    absl::Time blocked_until = absl::InfinitePast();
  };

  /// `shared` may be null. Hasher and cache must outlive it.
  CalloutMemory(const redis::KeyHasher& hasher, redis::Cache* shared, MetricsRegistry& metrics,
                const Clock& clock = SystemClock());

  /// Runs `known` once, from any thread, maybe before this returns.
  void Recall(const Call& call, std::string_view domain, std::string_view provider,
              absl::AnyInvocable<void(Known)> known);
  void RememberCatchAll(std::string_view domain, bool catch_all);
  void RememberBlock(std::string_view provider, absl::Time until);
  /// Gives how often the mailbox was put off lately, this time included.
  void CountGreylisting(const Call& call, std::string_view address, absl::AnyInvocable<void(int)> times);

 private:
  redis::CacheKey CatchAllKey(std::string_view domain) const;
  redis::CacheKey BlockKey(std::string_view provider) const;
  void Set(const redis::CacheKey& key, const std::string& value, absl::Duration expiry);

  const redis::KeyHasher& hasher_;
  redis::Cache* const shared_;
  const Clock& clock_;
  redis::MemoryCache own_;
};

}  // namespace limpid::verify

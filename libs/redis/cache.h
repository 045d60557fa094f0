#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/redis/key_hasher.h"

namespace limpid::redis {

/// Answers kept for a while, as bytes. Speed only: an entry may be gone at any moment, and a cache that is
/// away looks like an empty one. Thread-safe.
class Cache {
 public:
  using Value = std::optional<std::string>;
  using OnValue = absl::AnyInvocable<void(Value)>;
  using OnValues = absl::AnyInvocable<void(std::vector<Value>)>;

  virtual ~Cache() = default;

  /// Gives the value, or nothing. The callback is run once, from any thread, maybe before Get returns; it
  /// must not block.
  virtual void Get(const Call& call, const CacheKey& key, OnValue on_value) = 0;
  /// The same for several keys at once, in one round trip: as many values as keys, in their order.
  virtual void GetAll(const Call& call, const std::vector<CacheKey>& keys, OnValues on_values) = 0;
  /// Keeps the value for at most `expiry`, and never longer than kMaxExpiry. Not waited for. Values above
  /// kMaxCachedBytes are not kept.
  virtual void Set(const CacheKey& key, std::string value, absl::Duration expiry) = 0;
  /// Forgets the value, which erasure depends on: UNAVAILABLE when the cache is away, so that the caller
  /// tries again later.
  virtual void Erase(const CacheKey& key, absl::AnyInvocable<void(absl::Status)> done) = 0;
};

inline constexpr size_t kMaxCachedBytes = 64 * 1024;
inline constexpr absl::Duration kMaxExpiry = absl::Hours(24 * 366);

}  // namespace limpid::redis

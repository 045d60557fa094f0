#pragma once

#include <array>
#include <memory>

#include "libs/base/clock.h"
#include "libs/base/metrics.h"
#include "libs/redis/cache.h"

namespace limpid::redis {

/// A Cache inside the process: least recently used entries go first, in shards with a small lock each. What
/// the embedded form runs with.
class MemoryCache final : public Cache {
 public:
  struct Options {
    size_t max_bytes = 32 * 1024 * 1024;  ///< Keys, values and what it takes to keep them.
  };

  MemoryCache(Options options, MetricsRegistry& metrics, const Clock& clock = SystemClock());
  ~MemoryCache() override;

  void Get(const Call& call, const CacheKey& key, OnValue on_value) override;
  void GetAll(const Call& call, const std::vector<CacheKey>& keys, OnValues on_values) override;
  void Set(const CacheKey& key, std::string value, absl::Duration expiry) override;
  void Erase(const CacheKey& key, absl::AnyInvocable<void(absl::Status)> done) override;

 private:
  class Shard;
  static constexpr size_t kShards = 16;

  Shard& ShardOf(const CacheKey& key);
  Value Find(const CacheKey& key);

  const Clock& clock_;
  Counter hits_;
  Counter misses_;
  std::array<std::unique_ptr<Shard>, kShards> shards_;
};

}  // namespace limpid::redis

#pragma once

#include <memory>
#include <vector>

#include "libs/base/metrics.h"
#include "libs/redis/cache.h"
#include "libs/redis/client.h"

namespace limpid::redis {

/// A Cache in Redis, shared by all processes that use the same one.
///
/// Each value carries a tag over its key and itself: what was changed on the way, answers another key (a
/// stream out of step) or was written by somebody without the secret, is absent. The client must outlive it,
/// the hasher the client.
class RedisCache final : public Cache {
 public:
  RedisCache(Client& client, const KeyHasher& hasher, MetricsRegistry& metrics);

  void Get(const Call& call, const CacheKey& key, OnValue on_value) override;
  void GetAll(const Call& call, const std::vector<CacheKey>& keys, OnValues on_values) override;
  void Set(const CacheKey& key, std::string value, absl::Duration expiry) override;
  void Erase(const CacheKey& key, absl::AnyInvocable<void(absl::Status)> done) override;

 private:
  /// What the answers need that may still be under way when this is gone.
  struct Opener;
  struct Gathering;
  void GetSome(const Call& call, const std::shared_ptr<Gathering>& gathering, size_t begin, size_t end);

  Client& client_;
  const KeyHasher& hasher_;
  const std::shared_ptr<Opener> opener_;
};

}  // namespace limpid::redis

#include "libs/redis/backend.h"

#include <utility>

#include "libs/redis/redis_cache.h"

namespace limpid::redis {

absl::StatusOr<Backend> OpenBackend(Client::Options redis, MemoryCache::Options memory,
                                    const KeyHasher& hasher, MetricsRegistry& metrics) {
  Backend backend;
  if (redis.url.empty()) {
    backend.cache = std::make_unique<MemoryCache>(memory, metrics);
    return backend;
  }
  absl::StatusOr<std::unique_ptr<Client>> client = Client::Create(std::move(redis), metrics);
  if (!client.ok()) return client.status();
  backend.client = *std::move(client);
  backend.cache = std::make_unique<RedisCache>(*backend.client, hasher, metrics);
  return backend;
}

}  // namespace limpid::redis

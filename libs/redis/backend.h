#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "libs/base/metrics.h"
#include "libs/redis/cache.h"
#include "libs/redis/client.h"
#include "libs/redis/key_hasher.h"
#include "libs/redis/memory_cache.h"

namespace limpid::redis {

/// What a service is built with: Redis when a URL is given, else the process's own memory.
struct Backend {
  std::unique_ptr<Client> client;  ///< Null without a URL.
  std::unique_ptr<Cache> cache;
};

/// Errors are those of Client::Create. `hasher` must outlive the backend.
absl::StatusOr<Backend> OpenBackend(Client::Options redis, MemoryCache::Options memory,
                                    const KeyHasher& hasher, MetricsRegistry& metrics);

}  // namespace limpid::redis

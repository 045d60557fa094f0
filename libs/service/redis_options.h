#pragma once

#include "libs/base/settings.h"
#include "libs/redis/client.h"

namespace limpid {

/// How a service reaches Redis by the common settings `redis_url`, `redis_timeout` and `redis_tls_*`. The URL
/// is empty where there is no Redis.
redis::Client::Options RedisOptions(const Settings& settings);

}  // namespace limpid

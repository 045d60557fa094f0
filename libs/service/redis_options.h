#pragma once

#include "absl/status/status.h"

#include "libs/base/settings.h"
#include "libs/redis/client.h"

namespace limpid {

/// How a service reaches Redis by the common settings `redis_url`, `redis_timeout` and `redis_tls_*`. The URL
/// is empty where there is no Redis.
redis::Client::Options RedisOptions(const Settings& settings);

/// Why no client could be made of these options, with the settings to look at.
absl::Status NamingRedisSetting(const absl::Status& status);

}  // namespace limpid

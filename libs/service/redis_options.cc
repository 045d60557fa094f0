#include "libs/service/redis_options.h"

namespace limpid {

redis::Client::Options RedisOptions(const Settings& settings) {
  redis::Client::Options options;
  options.url = settings.Text("redis_url");
  options.tls = {.ca = settings.Text("redis_tls_ca_file"),
                 .certificate = settings.Text("redis_tls_cert_file"),
                 .key = settings.Text("redis_tls_key_file")};
  options.timeouts.command = settings.Duration("redis_timeout");
  return options;
}

absl::Status NamingRedisSetting(const absl::Status& status) {
  const bool url = status.code() == absl::StatusCode::kInvalidArgument;
  return NamingSetting(url ? "redis_url" : "redis_tls_ca_file, redis_tls_cert_file, redis_tls_key_file",
                       status);
}

}  // namespace limpid

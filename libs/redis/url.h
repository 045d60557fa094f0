#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace limpid::redis {

struct HostPort {
  std::string host;
  int port = 6379;
  friend bool operator==(const HostPort&, const HostPort&) = default;
};

/// Where Redis is and how to sign in.
struct Target {
  bool tls = false;
  std::vector<HostPort> hosts;  ///< One server; or the sentinels that know the master.
  std::string sentinel_master;  ///< The master's name among the sentinels; empty without sentinels.
  std::string unix_path;        ///< Set for a unix socket; `hosts` is then empty.
  std::string user;
  std::string password;
  int database = 0;
};

/// Reads `redis[s]://[user:password@]host[:port][/db]`,
/// `redis[s]+sentinel://[user:password@]h1[:p1],h2[:p2]/master[/db]` and `unix:PATH`.
///
/// `:password@` signs in the default user; user and password may hold %-escapes; an IPv6 address stands in
/// brackets. Default ports are 6379, 26379 for sentinels. INVALID_ARGUMENT otherwise, in words that never
/// hold any part of the URL: it may be a secret.
absl::StatusOr<Target> ParseUrl(std::string_view url);

}  // namespace limpid::redis

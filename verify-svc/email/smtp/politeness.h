#pragma once

#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/redis/quota.h"
#include "verify-svc/email/smtp/provider_quirks.h"

namespace limpid::verify {

/// How much each mail provider is asked: so many sessions at once, so many mailboxes a minute, and nothing
/// for a while after the first sign that it does not want us.
///
/// The rate is shared between processes by the token bucket, the end of a block by whoever tells it here. One
/// thread.
class Politeness {
 public:
  struct Limits {
    int connections = 3;  ///< At once, for each provider.
    int per_minute = 60;  ///< Mailboxes asked for, for each provider.
    int sockets = 256;    ///< Sessions of the process.
    absl::Duration block = absl::Minutes(30);
  };

  Politeness(Limits limits, redis::SharedTokenBucket& rate, const Clock& clock);

  /// Leave for one more session. Answer each that was granted by Leave().
  bool Enter(const std::string& provider, const ProviderQuirk& quirk);
  void Leave(const std::string& provider);
  int sockets() const { return sockets_; }
  int Connections(const ProviderQuirk& quirk) const;

  /// Leave to ask for one more mailbox: zero, or how long to wait before asking again.
  absl::Duration Ask(std::string_view provider, const ProviderQuirk& quirk);
  /// How long one mailbox takes at the provider's rate.
  absl::Duration Interval(const ProviderQuirk& quirk) const;

  /// Leaves the provider alone until then. The later of two ends counts.
  void Block(const std::string& provider, SteadyTime until);
  /// How long the provider is still left alone; zero when it may be asked.
  absl::Duration BlockedFor(const std::string& provider);
  absl::Duration block() const { return limits_.block; }
  /// Providers that are left alone now.
  int blocked();

 private:
  const Limits limits_;
  redis::SharedTokenBucket& rate_;
  const Clock& clock_;
  int sockets_ = 0;
  absl::flat_hash_map<std::string, int> sessions_;  ///< Only providers that have some.
  absl::flat_hash_map<std::string, SteadyTime>
      blocked_;  ///< Bounded: one entry takes a session that was refused.
};

}  // namespace limpid::verify

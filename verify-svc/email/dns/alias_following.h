#pragma once

#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "verify-svc/email/dns/dns_message.h"
#include "verify-svc/email/dns/resolver.h"

namespace limpid::verify::dns {

/// What the DNS says of a name, all its aliases followed.
struct Answer {
  Outcome outcome = Outcome::kError;
  bool no_such_name = false;    ///< NXDOMAIN.
  std::vector<Record> records;  ///< Of the type asked for.
  absl::Duration
      time_to_live;  ///< Of the records and aliases, of "there are none" (RFC 2308), or of a failure.
};

/// For what the DNS did not say: SERVFAIL, no answer in time.
inline constexpr absl::Duration kFailureTimeToLive = absl::Seconds(30);
inline constexpr absl::Duration kMaxNegativeTimeToLive = absl::Minutes(15);
inline constexpr absl::Duration kMaxTimeToLive = absl::Hours(24);

using OnAnswer = absl::AnyInvocable<void(Answer)>;

/// Asks, and asks again where a server names an alias without saying what it leads to. Aliases that run in a
/// circle, or on and on, are kError. `on_answer` is called as by Resolver::Ask.
void AskThroughAliases(Resolver& resolver, const std::string& name, RecordType type, SteadyTime deadline,
                       OnAnswer on_answer);

}  // namespace limpid::verify::dns

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

#include "libs/base/call.h"
#include "libs/base/metrics.h"
#include "verify-svc/app/challenge_store.h"
#include "verify-svc/app/code_mint.h"
#include "verify-svc/domain/destination.h"
#include "verify-svc/domain/policy.h"

namespace limpid::verify {

/// Against those who let us send messages for their own profit, or to annoy others: how many messages go to
/// one destination, to its neighbours, for one network, one tenant and all, and whether those that went there
/// were ever answered. Closed rather than open: while the store is away nothing is sent. Thread-safe.
class SendGuard {
 public:
  struct Options {
    int64_t per_destination_hourly = 5;
    int64_t per_prefix_hourly = 50;
    int64_t per_network_hourly = 30;
    int64_t emails_per_tenant_daily = 10'000;
    int64_t emails_daily = 100'000;
    int64_t messages_daily = 10'000;  ///< SMS and calls of all tenants: what is paid for.
    int64_t refusals_per_network_hourly = 100;
    /// Sending to a country or range stops when of at least `conversion_min_sends` messages within
    /// `conversion_window`, whose time is over, less than `conversion_min_percent` were answered.
    int64_t conversion_min_sends = 50;
    int64_t conversion_min_percent = 10;
    absl::Duration conversion_window = absl::Hours(6);
  };

  SendGuard(const Options& options, ChallengeStore& store, const CodeMint& mint, MetricsRegistry& metrics)
      : options_(options),
        store_(store),
        mint_(mint),
        stops_(metrics.AddCounter("limpid_challenge_stops_total",
                                  "Messages refused because too few of their kind were answered.")) {}

  /// What one message takes. `remote_address` is the person's, empty when it is not known.
  std::vector<Allowance> AllowancesFor(const Call& call, ChallengeChannel channel,
                                       const Destination& destination, std::string_view remote_address,
                                       const Policy& policy) const;
  /// What a refused try takes.
  Allowance RefusalsFor(const Call& call, std::string_view subject, std::string_view remote_address) const;
  /// RESOURCE_EXHAUSTED with CONVERSION_TOO_LOW where sending has stopped.
  absl::Status CheckConversion(const Call& call, const Destination& destination, absl::Time now);
  /// The tag of the range that the destination belongs to; empty for an e-mail address.
  std::string PrefixTag(const Destination& destination) const;

 private:
  bool Answered(const ChallengeStore::Conversion& conversion) const;

  const Options options_;
  ChallengeStore& store_;
  const CodeMint& mint_;
  Counter stops_;
};

}  // namespace limpid::verify

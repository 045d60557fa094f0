#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/metrics.h"
#include "libs/base/mutex.h"
#include "libs/base/token_bucket.h"
#include "verify-svc/app/mail_domain_lookup.h"

namespace limpid::verify::dns {

/// Doubts a resolver that knows nothing of the world: that of a sandbox, a captive portal or a closed network
/// answers NXDOMAIN, or its own address, to every question, and would make every customer's address wrong.
///
/// "Nobody takes mail for this domain" is believed when the resolver has lately found the MX of a witness: a
/// domain that certainly takes mail. Witnesses are asked for when the first such answer comes, and the
/// outcome is remembered for a while. Of a well-known provider such an answer is never believed. What is not
/// believed becomes kDoubted. Thread-safe; ends when what it asks has ended.
class WitnessedMailDomainLookup final : public MailDomainLookup {
 public:
  struct Options {
    std::vector<std::string> witnesses;  ///< One that is found is enough. None: the resolver is believed.
    std::function<bool(std::string_view domain)> is_well_known;
  };

  WitnessedMailDomainLookup(std::unique_ptr<MailDomainLookup> next, Options options, MetricsRegistry& metrics,
                            const Clock& clock = SystemClock());

  void Find(const Call& call, const std::string& domain, Done<MailDomain> done) override;

 private:
  enum class Standing { kUnknown, kBelieved, kDoubted };
  /// An answer that waits for the witnesses.
  struct Waiting {
    MailDomain mail;
    Done<MailDomain> done;
  };

  void Weigh(MailDomain mail, Done<MailDomain> done);
  void AskWitnesses();
  void Hear(const absl::StatusOr<MailDomain>& witness);
  void Settle(Standing standing);
  void ForgetWitnesses();
  void Doubt(const MailDomain& mail, Counter& why, Done<MailDomain> done);

  const std::unique_ptr<MailDomainLookup> next_;
  const Options options_;
  const Clock& clock_;
  Counter against_provider_;
  Counter without_witness_;
  TokenBucket log_lines_;
  Mutex mutex_;
  Standing standing_ ABSL_GUARDED_BY(mutex_) = Standing::kUnknown;
  SteadyTime standing_until_ ABSL_GUARDED_BY(mutex_);
  std::size_t witnesses_missing_ ABSL_GUARDED_BY(mutex_) = 0;  ///< Whose answer is still to come.
  /// Each is a look-up under way, so that callers bound their number.
  std::vector<Waiting> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid::verify::dns

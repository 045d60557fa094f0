#include "verify-svc/email/dns/witnessed_mail_domain_lookup.h"

#include <utility>

#include "absl/time/time.h"

#include "libs/base/log.h"
#include "libs/base/strings.h"
#include "verify-svc/email/dns/alias_following.h"

namespace limpid::verify::dns {
namespace {

constexpr absl::Duration kBelievedFor = absl::Minutes(10);
// As long as other failures are kept: the network may be back soon.
constexpr absl::Duration kDoubtedFor = kFailureTimeToLive;

Counter CountOf(MetricsRegistry& metrics, const std::string& why) {
  return metrics.AddCounter("limpid_mail_domain_doubts_total",
                            "Answers that nobody takes mail for a domain which were not believed, by why.",
                            {{"why", why}});
}

bool SaysNobodyTakesMail(const MailDomain& mail) {
  // A null MX is a record that somebody wrote: a resolver that knows nothing has none.
  return mail.state == MailDomainState::kNotFound || mail.state == MailDomainState::kNoMailHost ||
         mail.state == MailDomainState::kUnroutable;
}

// A captive portal has an address for every name, and no MX.
bool IsFound(const absl::StatusOr<MailDomain>& witness) {
  return witness.ok() && witness->state == MailDomainState::kHasHosts && !witness->implicit_mx;
}

}  // namespace

WitnessedMailDomainLookup::WitnessedMailDomainLookup(std::unique_ptr<MailDomainLookup> next, Options options,
                                                     MetricsRegistry& metrics, const Clock& clock)
    : next_(std::move(next)),
      options_(std::move(options)),
      clock_(clock),
      against_provider_(CountOf(metrics, "well_known_provider")),
      without_witness_(CountOf(metrics, "no_witness")),
      log_lines_(/*rate_per_minute=*/1, /*burst=*/1) {}

void WitnessedMailDomainLookup::Find(const Call& call, const std::string& domain, Done<MailDomain> done) {
  next_->Find(call, domain, [this, domain, done = std::move(done)](absl::StatusOr<MailDomain> mail) mutable {
    if (!mail.ok() || !SaysNobodyTakesMail(*mail)) return done(std::move(mail));
    if (!options_.is_well_known(domain)) return Weigh(*std::move(mail), std::move(done));
    ForgetWitnesses();
    Doubt(*mail, against_provider_, std::move(done));
  });
}

// What denies a well-known provider may have become another resolver since the witnesses were asked.
void WitnessedMailDomainLookup::ForgetWitnesses() {
  MutexLock lock(mutex_);
  standing_until_ = {};
}

void WitnessedMailDomainLookup::Weigh(MailDomain mail, Done<MailDomain> done) {
  if (options_.witnesses.empty()) return done(std::move(mail));
  Standing standing = Standing::kUnknown;
  bool ask = false;
  {
    MutexLock lock(mutex_);
    if (clock_.SteadyNow() < standing_until_) standing = standing_;
    if (standing == Standing::kUnknown) {
      waiting_.push_back({std::move(mail), std::move(done)});
      ask = witnesses_missing_ == 0;
      if (ask) witnesses_missing_ = options_.witnesses.size();
    }
  }
  if (standing == Standing::kBelieved) return done(std::move(mail));
  if (standing == Standing::kDoubted) return Doubt(mail, without_witness_, std::move(done));
  if (ask) AskWitnesses();
}

// In the time that a look-up has by itself: the answer is for all who wait.
void WitnessedMailDomainLookup::AskWitnesses() {
  for (const std::string& witness : options_.witnesses) {
    next_->Find(Call{}, witness, [this](const absl::StatusOr<MailDomain>& mail) { Hear(mail); });
  }
}

void WitnessedMailDomainLookup::Hear(const absl::StatusOr<MailDomain>& witness) {
  bool last = false;
  {
    MutexLock lock(mutex_);
    last = --witnesses_missing_ == 0;
    // Another witness was found before.
    if (waiting_.empty()) return;
  }
  if (IsFound(witness)) {
    Settle(Standing::kBelieved);
  } else if (last) {
    Settle(Standing::kDoubted);
  }
}

void WitnessedMailDomainLookup::Settle(Standing standing) {
  std::vector<Waiting> waiting;
  {
    MutexLock lock(mutex_);
    standing_ = standing;
    standing_until_ = clock_.SteadyNow() +
                      absl::ToChronoNanoseconds(standing == Standing::kBelieved ? kBelievedFor : kDoubtedFor);
    waiting.swap(waiting_);
  }
  for (Waiting& one : waiting) {
    if (standing == Standing::kBelieved) {
      one.done(std::move(one.mail));
    } else {
      Doubt(one.mail, without_witness_, std::move(one.done));
    }
  }
}

void WitnessedMailDomainLookup::Doubt(const MailDomain& mail, Counter& why, Done<MailDomain> done) {
  why.Increment();
  if (log_lines_.TryAcquire(clock_.SteadyNow()) == absl::ZeroDuration()) {
    Log(LogLevel::kWarning, "dns_not_believed",
        {{"well_known_provider", &why == &against_provider_},
         {"hint",
          "the DNS server does not know domains that certainly take mail: see verify.dns_servers and "
          "verify.dns_witnesses"}});
  }
  done(MailDomain{
      .state = MailDomainState::kDoubted, .time_to_live = kFailureTimeToLive, .elapsed = mail.elapsed});
}

}  // namespace limpid::verify::dns

#include "verify-svc/email/dns/dns_mail_domain_lookup.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "verify-svc/email/dns/mail_hosts.h"

namespace limpid::verify::dns {
namespace {

constexpr std::size_t kMaxHosts = 5;

MailDomainState StateOf(Outcome failure) {
  return failure == Outcome::kTimeout ? MailDomainState::kTimeout : MailDomainState::kError;
}

}  // namespace

// One look-up. Runs on the resolver's thread after its start, and ends with its last answer.
class DnsMailDomainLookup::Search : public std::enable_shared_from_this<Search> {
 public:
  Search(DnsMailDomainLookup& lookup, SteadyTime deadline, std::string domain, Done<MailDomain> done)
      : lookup_(lookup),
        begin_(lookup.clock_.SteadyNow()),
        deadline_(deadline),
        domain_(std::move(domain)),
        done_(std::move(done)) {}

  void Start() {
    AskThroughAliases(lookup_.resolver_, domain_, RecordType::kMx, deadline_,
                      [self = shared_from_this()](const Answer& mx) { self->TakeMx(mx); });
  }

 private:
  void TakeMx(const Answer& mx) {
    if (mx.outcome != Outcome::kAnswered) return Fail(mx.outcome);
    KeepFor(mx.time_to_live);
    if (mx.no_such_name) return End(MailDomainState::kNotFound, kMaxNegativeTimeToLive);
    if (mx.records.empty()) return AskForTheDomainItself();
    if (IsNullMx(mx.records)) return End(MailDomainState::kNullMx, kMaxNegativeTimeToLive);
    AskForHosts(HostsInOrder(mx.records, lookup_.random_));
  }

  void AskForHosts(std::vector<MailHost> hosts) {
    if (hosts.empty()) return End(MailDomainState::kUnroutable, kMaxNegativeTimeToLive);
    left_out_ = hosts.size() > kMaxHosts;
    hosts.resize(std::min(hosts.size(), kMaxHosts));
    answer_.hosts = std::move(hosts);
    missing_ = answer_.hosts.size();
    for (std::size_t i = 0; i < answer_.hosts.size(); ++i) {
      lookup_.hosts_.Find(answer_.hosts[i].name, deadline_,
                          [self = shared_from_this(), i](const HostAddresses& found) {
                            self->TakeAddresses(self->answer_.hosts[i], found);
                            if (--self->missing_ == 0) self->JudgeHosts();
                          });
    }
  }

  void TakeAddresses(MailHost& host, const HostAddresses& found) {
    host.addresses = found.admitted;
    refused_some_ |= found.refused_some;
    if (found.outcome != Outcome::kAnswered && failure_ != Outcome::kTimeout) failure_ = found.outcome;
    KeepFor(found.time_to_live);
  }

  void JudgeHosts() {
    std::erase_if(answer_.hosts, [](const MailHost& host) { return host.addresses.empty(); });
    if (!answer_.hosts.empty()) return End(MailDomainState::kHasHosts, kMaxTimeToLive);
    if (failure_ != Outcome::kAnswered) return Fail(failure_);
    // Nothing is known of those beyond the fifth.
    if (left_out_) return Fail(Outcome::kError);
    End(MailDomainState::kUnroutable, kMaxNegativeTimeToLive);
  }

  // Without an MX mail goes to the domain's own address.
  void AskForTheDomainItself() {
    missing_ = 2;
    answer_.hosts = {{.name = domain_}};
    lookup_.hosts_.Find(domain_, deadline_, [self = shared_from_this()](const HostAddresses& found) {
      self->no_such_name_ = found.no_such_name;
      self->TakeAddresses(self->answer_.hosts.front(), found);
      if (--self->missing_ == 0) self->JudgeTheDomainItself();
    });
    // Only a hint: that there is none, or that it is not to be had, changes nothing.
    AskThroughAliases(lookup_.resolver_, domain_, RecordType::kTxt, deadline_,
                      [self = shared_from_this()](const Answer& texts) {
                        self->answer_.spf_denies_all = DeniesAllSenders(texts.records);
                        if (--self->missing_ == 0) self->JudgeTheDomainItself();
                      });
  }

  void JudgeTheDomainItself() {
    answer_.implicit_mx = !answer_.hosts.front().addresses.empty();
    if (answer_.implicit_mx) return End(MailDomainState::kHasHosts, kMaxTimeToLive);
    answer_.hosts.clear();
    if (failure_ != Outcome::kAnswered) return Fail(failure_);
    if (refused_some_) return End(MailDomainState::kUnroutable, kMaxNegativeTimeToLive);
    End(no_such_name_ ? MailDomainState::kNotFound : MailDomainState::kNoMailHost, kMaxNegativeTimeToLive);
  }

  void KeepFor(absl::Duration time_to_live) {
    answer_.time_to_live = std::min(answer_.time_to_live, time_to_live);
  }

  void Fail(Outcome outcome) {
    answer_ = {.time_to_live = absl::InfiniteDuration()};
    End(StateOf(outcome), kFailureTimeToLive);
  }

  void End(MailDomainState state, absl::Duration longest) {
    KeepFor(longest);
    answer_.state = state;
    answer_.elapsed = absl::FromChrono(lookup_.clock_.SteadyNow() - begin_);
    std::exchange(done_, nullptr)(std::move(answer_));
  }

  DnsMailDomainLookup& lookup_;
  const SteadyTime begin_;
  const SteadyTime deadline_;
  const std::string domain_;
  Done<MailDomain> done_;
  MailDomain answer_{.time_to_live = absl::InfiniteDuration()};
  std::size_t missing_ = 0;  ///< Answers that are still to come.
  bool left_out_ = false;
  bool refused_some_ = false;
  bool no_such_name_ = false;
  Outcome failure_ = Outcome::kAnswered;
};

DnsMailDomainLookup::DnsMailDomainLookup(Resolver& resolver, Options options, Random& random,
                                         const Clock& clock)
    : resolver_(resolver),
      budget_(options.budget),
      hosts_(resolver, std::move(options.guard), clock),
      random_(random),
      clock_(clock) {}

void DnsMailDomainLookup::Find(const Call& call, const std::string& domain, Done<MailDomain> done) {
  if (absl::Status over = call.Check(clock_); !over.ok()) return done(std::move(over));
  const SteadyTime deadline = call.Within(budget_, clock_).deadline;
  std::make_shared<Search>(*this, deadline, domain, std::move(done))->Start();
}

}  // namespace limpid::verify::dns

#include "verify-svc/email/dns/cached_mail_domain_lookup.h"

#include <optional>
#include <utility>

#include "libs/base/error.h"
#include "verify-svc/email/dns/mail_domain_codec.h"

namespace limpid::verify::dns {
namespace {

Counter CountOf(MetricsRegistry& metrics, const std::string& source) {
  return metrics.AddCounter("limpid_mail_domain_answers_total",
                            "Answers on who takes mail for a domain, by where they came from.",
                            {{"source", source}});
}

bool WorthSharing(const MailDomain& mail) {
  // That one replica got no answer says nothing about another's network.
  return mail.state != MailDomainState::kTimeout && mail.state != MailDomainState::kError &&
         mail.state != MailDomainState::kDoubted;
}

}  // namespace

CachedMailDomainLookup::CachedMailDomainLookup(std::unique_ptr<MailDomainLookup> next,
                                               std::size_t max_domains, Shared shared, Timers& timers,
                                               MetricsRegistry& metrics, const Clock& clock)
    : next_(std::move(next)),
      shared_(shared),
      timers_(timers),
      clock_(clock),
      known_(max_domains, clock),
      from_memory_(CountOf(metrics, "memory")),
      from_redis_(CountOf(metrics, "redis")),
      from_dns_(CountOf(metrics, "dns")) {}

void CachedMailDomainLookup::Find(const Call& call, const std::string& domain, Done<MailDomain> done) {
  if (absl::Status over = call.Check(clock_); !over.ok()) return done(std::move(over));
  if (const Answer known = known_.Get(domain)) {
    from_memory_.Increment();
    MailDomain mail = *known;
    mail.cached = true;
    mail.elapsed = absl::ZeroDuration();
    return done(std::move(mail));
  }
  flights_.Run(
      domain,
      [this, domain](Done<Answer> landed) {
        // The flight may outlast its callers.
        LookUp(domain, [landed = std::move(landed),
                        token = outstanding_.Begin()](absl::StatusOr<Answer> answer) mutable {
          landed(std::move(answer));
          token.reset();
        });
      },
      UntilDeadline<Answer>(call, timers_, [done = std::move(done)](absl::StatusOr<Answer> answer) mutable {
        if (answer.ok()) return done(MailDomain(**answer));
        // The caller's time is over before the DNS's.
        done(MailDomain{.state = MailDomainState::kTimeout});
      }));
}

void CachedMailDomainLookup::LookUp(const std::string& domain, Done<Answer> done) {
  if (shared_.cache == nullptr) return Ask(domain, std::move(done));
  shared_.cache->Get(Call{}, KeyOf(domain),
                     [this, domain, done = std::move(done)](redis::Cache::Value value) mutable {
                       std::optional<MailDomain> mail;
                       if (value) mail = UnpackMailDomain(*value, clock_.Now());
                       if (!mail) return Ask(domain, std::move(done));
                       from_redis_.Increment();
                       const auto answer = std::make_shared<MailDomain>(*std::move(mail));
                       answer->cached = true;
                       known_.Put(domain, answer, answer->time_to_live);
                       done(answer);
                     });
}

void CachedMailDomainLookup::Ask(const std::string& domain, Done<Answer> done) {
  next_->Find(Call{}, domain,
              [this, domain, done = std::move(done)](absl::StatusOr<MailDomain> mail) mutable {
                if (!mail.ok()) return done(mail.status());
                from_dns_.Increment();
                done(Keep(domain, *std::move(mail)));
              });
}

CachedMailDomainLookup::Answer CachedMailDomainLookup::Keep(const std::string& domain, MailDomain mail) {
  const auto answer = std::make_shared<const MailDomain>(std::move(mail));
  known_.Put(domain, answer, answer->time_to_live);
  if (shared_.cache != nullptr && WorthSharing(*answer)) {
    shared_.cache->Set(KeyOf(domain), Pack(*answer, clock_.Now() + answer->time_to_live),
                       answer->time_to_live);
  }
  return answer;
}

redis::CacheKey CachedMailDomainLookup::KeyOf(const std::string& domain) const {
  return shared_.hasher->Key("mx", {domain});
}

}  // namespace limpid::verify::dns

#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "libs/base/metrics.h"
#include "libs/base/outstanding.h"
#include "libs/base/timers.h"
#include "libs/redis/cache.h"
#include "libs/redis/key_hasher.h"
#include "libs/redis/single_flight.h"
#include "verify-svc/app/mail_domain_lookup.h"
#include "verify-svc/email/dns/ttl_cache.h"

namespace limpid::verify::dns {

/// A look-up that remembers: answers are kept for their TTL, in this process and in the Redis that replicas
/// share, and a domain that many ask for at once is asked for once.
///
/// A shared look-up runs in its own time and not in that of who happened to come first; each caller waits
/// until its own deadline and is then told kTimeout. Ends when what it asks has ended.
class CachedMailDomainLookup final : public MailDomainLookup {
 public:
  /// Where replicas share answers; without one `cache` is null.
  struct Shared {
    redis::Cache* cache = nullptr;
    const redis::KeyHasher* hasher = nullptr;
  };

  CachedMailDomainLookup(std::unique_ptr<MailDomainLookup> next, std::size_t max_domains, Shared shared,
                         Timers& timers, MetricsRegistry& metrics, const Clock& clock = SystemClock());

  void Find(const Call& call, const std::string& domain, Done<MailDomain> done) override;

 private:
  using Answer = std::shared_ptr<const MailDomain>;

  void LookUp(const std::string& domain, Done<Answer> done);
  void Ask(const std::string& domain, Done<Answer> done);
  Answer Keep(const std::string& domain, MailDomain mail);
  redis::CacheKey KeyOf(const std::string& domain) const;

  const std::unique_ptr<MailDomainLookup> next_;
  const Shared shared_;
  Timers& timers_;
  const Clock& clock_;
  TtlCache<MailDomain> known_;
  redis::SingleFlight<Answer> flights_;
  Counter from_memory_;
  Counter from_redis_;
  Counter from_dns_;
  Outstanding outstanding_;
};

}  // namespace limpid::verify::dns

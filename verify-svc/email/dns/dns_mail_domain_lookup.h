#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/base/random.h"
#include "libs/http/address_guard.h"
#include "verify-svc/app/mail_domain_lookup.h"
#include "verify-svc/email/dns/host_addresses.h"
#include "verify-svc/email/dns/resolver.h"

namespace limpid::verify::dns {

/// Finds out by the DNS who takes mail for a domain (RFC 5321 §5.1, RFC 7505).
///
/// Asks for MX; then for the addresses of the first five hosts, or, without an MX, for the domain's own and
/// for its SPF record. All within `budget`. Keeps addresses of hosts, not answers on domains:
/// CachedMailDomainLookup does. The resolver must have stopped before this ends: it calls back until then.
class DnsMailDomainLookup final : public MailDomainLookup {
 public:
  struct Options {
    absl::Duration budget = absl::Seconds(2);
    http::AddressGuard guard;
  };

  DnsMailDomainLookup(Resolver& resolver, Options options, Random& random = SecureRandom(),
                      const Clock& clock = SystemClock());

  void Find(const Call& call, const std::string& domain, Done<MailDomain> done) override;

 private:
  class Search;

  Resolver& resolver_;
  const absl::Duration budget_;
  HostAddressBook hosts_;
  Random& random_;
  const Clock& clock_;
};

}  // namespace limpid::verify::dns

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/http/address_guard.h"
#include "verify-svc/email/dns/alias_following.h"
#include "verify-svc/email/dns/resolver.h"
#include "verify-svc/email/dns/ttl_cache.h"

namespace limpid::verify::dns {

/// What the DNS says of a host's addresses.
struct HostAddresses {
  std::vector<std::string> admitted;  ///< Numeric, at most two: one of each family where there are both.
  bool refused_some = false;          ///< It has addresses that may not be reached.
  bool no_such_name = false;          ///< NXDOMAIN.
  /// Whether both questions were answered, or the worse of what became of them.
  Outcome outcome = Outcome::kAnswered;
  absl::Duration time_to_live;
};

/// Addresses of mail hosts, kept for their TTL: most domains of the world share a few hosts. One question is
/// under way for each host, however many domains ask. For the resolver's thread alone.
class HostAddressBook {
 public:
  using OnAddresses = absl::AnyInvocable<void(const HostAddresses&)>;

  HostAddressBook(Resolver& resolver, http::AddressGuard guard, const Clock& clock);
  ~HostAddressBook();

  void Find(const std::string& host, SteadyTime deadline, OnAddresses on_addresses);

 private:
  struct Asking;

  void Take(const std::string& host, RecordType type, const Answer& answer);
  void Admit(const Record& record, HostAddresses& addresses) const;

  Resolver& resolver_;
  const http::AddressGuard guard_;
  TtlCache<HostAddresses> known_;
  absl::flat_hash_map<std::string, std::unique_ptr<Asking>> asking_;
};

}  // namespace limpid::verify::dns

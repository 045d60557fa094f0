#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace limpid::verify {

/// A host that takes mail for a domain.
struct MailHost {
  std::string name;              ///< A-labels in lower case, without the final dot.
  std::uint16_t preference = 0;  ///< RFC 5321 §5.1: the lowest is tried first.
  /// Numeric addresses (`192.0.2.1`, `2001:db8::1`), at most two; those that may not be reached are left out.
  std::vector<std::string> addresses;
};

/// What the DNS says about mail to a domain.
enum class MailDomainState {
  kHasHosts,    ///< MX with addresses, or the domain's own address (`implicit_mx`).
  kNullMx,      ///< RFC 7505: it takes no mail. Authoritative.
  kNotFound,    ///< NXDOMAIN. Authoritative.
  kNoMailHost,  ///< It exists and has neither MX nor address. Authoritative.
  kUnroutable,  ///< Its hosts have only addresses that are not of the public internet, or none.
                ///< Authoritative.
  kTimeout,     ///< No answer in time: says nothing about the domain.
  kError,       ///< SERVFAIL, REFUSED, a broken answer: says nothing about the domain.
  kDoubted,     ///< One of the authoritative answers, from a resolver that does not know well-known domains
                ///< either: says nothing about the domain.
};

struct MailDomain {
  MailDomainState state = MailDomainState::kError;
  std::vector<MailHost> hosts;  ///< In the order in which they are tried; equal preferences shuffled.
  bool implicit_mx = false;     ///< No MX: mail goes to the domain's own address (RFC 5321 §5.1).
  bool spf_denies_all = false;  ///< No MX and `v=spf1 -all`: the domain says that it sends no mail.
  absl::Duration
      time_to_live;        ///< How long the answer may be kept, from the records' TTL or the SOA minimum.
  absl::Duration elapsed;  ///< What asking took; zero when `cached`.
  bool cached = false;
};

}  // namespace limpid::verify

#pragma once

#include <string_view>
#include <vector>

#include "libs/base/random.h"
#include "verify-svc/domain/mail_domain.h"
#include "verify-svc/email/dns/dns_message.h"

/// What MX and TXT records mean for mail.
namespace limpid::verify::dns {

/// Whether a server can have this name: labels of letters, digits, hyphens and underscores, and a top-level
/// domain that is not a number. `127.0.0.1` as an exchange is none.
bool IsHostName(std::string_view name);

/// RFC 7505: one single MX whose exchange is the root. Beside others such a record says nothing.
bool IsNullMx(const std::vector<Record>& mx);

/// The exchanges that can be hosts, in the order in which they are tried: by preference, at random within one
/// (RFC 5321 §5.1). Without addresses; each name once.
std::vector<MailHost> HostsInOrder(const std::vector<Record>& mx, Random& random);

/// Whether the TXT records of a domain hold exactly one SPF record, and it is `v=spf1 -all`: no host may send
/// mail for the domain (RFC 7208).
bool DeniesAllSenders(const std::vector<Record>& texts);

}  // namespace limpid::verify::dns

#pragma once

#include <string>
#include <string_view>

#include "libs/base/random.h"

/// What may stand in an SMTP command.
namespace limpid::verify {

/// True for an address that can stand between the angle brackets of RCPT TO without ending them or the
/// command: a mailbox of RFC 5321 §4.1.2, beyond ASCII (RFC 6531) only with `smtputf8`. Everything else must
/// never reach the wire, whoever let it through before.
bool IsWireSafeAddress(std::string_view address, bool smtputf8);

/// Letters, digits, dots and hyphens: a host name in ASCII, as EHLO and URLs take it.
bool IsWireSafeDomain(std::string_view domain);

/// A local part of sixteen characters that looks like a person's and that nobody has.
std::string RandomLocalPart(Random& random);

}  // namespace limpid::verify

#pragma once

#include <vector>

#include "libs/http/address_guard.h"
#include "verify-svc/domain/mail_domain.h"
#include "verify-svc/email/smtp/session.h"

namespace limpid::verify {

/// The addresses of a domain's mail hosts that may be connected to, in the order in which they are tried.
std::vector<SmtpSession::Host> ReachableHosts(const MailDomain& mail, const http::AddressGuard& guard);

/// True when all lie on the internet, none in a network of the company's own.
bool AreOnInternet(const std::vector<SmtpSession::Host>& hosts);

}  // namespace limpid::verify

#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "libs/http/address_guard.h"
#include "verify-svc/app/mail_domain_lookup.h"
#include "verify-svc/app/verify_email.h"
#include "verify-svc/email/dns/own_name_check.h"
#include "verify-svc/email/dns/resolver.h"
#include "verify-svc/wiring_shared.h"
#include "verify-svc/wiring_smtp.h"

namespace limpid::verify {

/// What answers for e-mail addresses.
class EmailParts {
 public:
  static absl::StatusOr<std::unique_ptr<EmailParts>> Build(SharedParts& shared);
  ~EmailParts();

  const std::shared_ptr<const VerifyEmail>& verify() const { return verify_; }

 private:
  absl::Status BuildMailDomains(SharedParts& shared, const http::AddressGuard& guard);

  // What asks the network stops first and ends last: it calls the others back until it has stopped, and they
  // may ask it until they have ended.
  std::unique_ptr<dns::Resolver> resolver_;
  std::unique_ptr<dns::OwnNameCheck> own_name_check_;
  std::unique_ptr<SmtpParts> smtp_;
  std::unique_ptr<MailDomainLookup> mail_domains_;
  std::shared_ptr<const VerifyEmail> verify_;
};

}  // namespace limpid::verify

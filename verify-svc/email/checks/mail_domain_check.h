#pragma once

#include "libs/base/clock.h"
#include "verify-svc/app/email_check.h"
#include "verify-svc/app/mail_domain_lookup.h"

namespace limpid::verify {

/// STANDARD: whether the DNS knows a host that takes mail for the domain. One question for all addresses of
/// the domain.
class MailDomainCheck final : public EmailCheck {
 public:
  MailDomainCheck(MailDomainLookup& lookup, const Clock& clock) : lookup_(lookup), clock_(clock) {}

  Depth depth() const override { return Depth::kStandard; }
  void Run(const Call& call, EmailCases& cases, Finished finished) override;

 private:
  MailDomainLookup& lookup_;
  const Clock& clock_;
};

}  // namespace limpid::verify

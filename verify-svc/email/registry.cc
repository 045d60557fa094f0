#include "verify-svc/email/registry.h"

#include <utility>

#include "verify-svc/email/checks/mail_domain_check.h"
#include "verify-svc/email/checks/mailbox_check.h"

namespace limpid::verify {
namespace {

std::unique_ptr<EmailCheck> MakeMailDomainCheck(const EmailCheckParts& parts) {
  return std::make_unique<MailDomainCheck>(parts.mail_domains, parts.clock);
}

std::unique_ptr<EmailCheck> MakeMailboxCheck(const EmailCheckParts& parts) {
  if (parts.callout == nullptr) return nullptr;
  return std::make_unique<MailboxCheck>(*parts.callout, parts.cache, parts.hasher, parts.timers, parts.clock);
}

}  // namespace

std::span<const RegisteredEmailCheck> EmailCheckRegistry() {
  static constexpr RegisteredEmailCheck kChecks[] = {
      {"mail_domain", MakeMailDomainCheck},
      // Last: it asks the hosts that the check of the domain found.
      {"mailbox", MakeMailboxCheck},
  };
  return kChecks;
}

std::vector<std::unique_ptr<EmailCheck>> MakeEmailChecks(const EmailCheckParts& parts) {
  std::vector<std::unique_ptr<EmailCheck>> checks;
  for (const RegisteredEmailCheck& registered : EmailCheckRegistry()) {
    if (auto check = registered.make(parts)) checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace limpid::verify

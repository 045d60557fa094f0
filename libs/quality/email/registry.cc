#include "libs/quality/email/registry.h"

#include "libs/quality/email/alias_relay.h"
#include "libs/quality/email/disposable_domain.h"
#include "libs/quality/email/domain_typo.h"
#include "libs/quality/email/free_provider.h"
#include "libs/quality/email/reserved_domain.h"
#include "libs/quality/email/role_account.h"
#include "libs/quality/email/tagged_address.h"

namespace limpid::quality {

std::span<const RegisteredEmailRule> EmailRuleRegistry() {
  static constexpr RegisteredEmailRule kRules[] = {
      {"reserved_domain", ApplyReservedDomain},
      {"disposable_domain", ApplyDisposableDomain},
      {"alias_relay", ApplyAliasRelay},
      {"free_provider", ApplyFreeProvider},
      {"role_account", ApplyRoleAccount},
      {"tagged_address", ApplyTaggedAddress},
      // Last: what the lists know of a domain decides how far a likeness is believed.
      {"domain_typo", ApplyDomainTypo},
  };
  return kRules;
}

}  // namespace limpid::quality

#pragma once

#include <memory>

#include "enrich-svc/app/provider.h"
#include "libs/quality/email/email_rules.h"
#include "libs/quality/quality_data.h"

namespace limpid::enrich {

/// Tells the web domain of somebody's company by the e-mail address: `anne@mail.example.co.uk` works at
/// `example.co.uk`. Silent for mailbox providers, throw-away and relay domains, mailboxes of a function, and
/// addresses that are broken or look mistyped. Offline; thread-safe.
class EmailDomainProvider final : public Provider {
 public:
  explicit EmailDomainProvider(std::shared_ptr<const quality::QualityData> data);
  const ProviderInfo& info() const override { return info_; }
  void Ask(const Call& call, const Profile& profile, Done<Completions> done) const override;

 private:
  const std::shared_ptr<const quality::QualityData> data_;
  const quality::EmailRules rules_;
  const ProviderInfo info_;
};

}  // namespace limpid::enrich

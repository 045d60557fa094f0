#include "enrich-svc/providers/email_domain.h"

#include <string>
#include <utility>

namespace limpid::enrich {
namespace {

// Not 1: associations, schools and families have domains too.
constexpr double kOwnDomain = 0.9;

bool SaysWhereSomebodyWorks(const quality::EmailVerdict& verdict) {
  const quality::EmailFlags& flags = verdict.flags;
  return verdict.status != quality::EmailStatus::kUndeliverable && !verdict.did_you_mean && !flags.free &&
         !flags.disposable && !flags.alias_relay && !flags.role && !flags.no_reply;
}

}  // namespace

EmailDomainProvider::EmailDomainProvider(std::shared_ptr<const quality::QualityData> data)
    : data_(std::move(data)),
      rules_(data_),
      info_{.id = "email-domain",
            .description = "Web domain of the company whose e-mail address somebody uses.",
            .licence = "MIT, CC0-1.0 and MPL-2.0",
            .offline = true,
            .fields = {Field::kCompanyDomain}} {}

void EmailDomainProvider::Ask(const Call& /*call*/, const Profile& profile, Done<Completions> done) const {
  Completions completions;
  if (!profile.email.empty() && profile.company_domain.empty()) {
    const quality::EmailVerdict verdict = rules_.Verify(profile.email);
    if (SaysWhereSomebodyWorks(verdict)) {
      const std::string domain(
          data_->email().domains().FindChain(verdict.address.domain()).RegistrableDomain());
      if (!domain.empty()) completions.push_back({Field::kCompanyDomain, domain, info_.id, kOwnDomain});
    }
  }
  done(std::move(completions));
}

}  // namespace limpid::enrich

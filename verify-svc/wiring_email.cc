#include "verify-svc/wiring_email.h"

#include <utility>

#include "absl/strings/ascii.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/quality_data.h"
#include "verify-svc/email/dns/cached_mail_domain_lookup.h"
#include "verify-svc/email/dns/dns_mail_domain_lookup.h"
#include "verify-svc/email/dns/witnessed_mail_domain_lookup.h"
#include "verify-svc/email/registry.h"

namespace limpid::verify {
namespace {

absl::StatusOr<http::AddressGuard> GuardOf(const Settings& settings) {
  http::AddressGuard guard;
  for (const std::string& text : settings.List("verify.allowed_cidrs")) {
    absl::StatusOr<http::AddressBlock> block = http::AddressBlock::Parse(text);
    if (!block.ok()) {
      return InvalidField("verify.allowed_cidrs", reason::kInvalidFormat,
                          StrCat("verify.allowed_cidrs: not a block of addresses: ", text));
    }
    guard.allowed.push_back(*block);
  }
  return guard;
}

}  // namespace

absl::StatusOr<std::unique_ptr<EmailParts>> EmailParts::Build(SharedParts& shared) {
  auto parts = std::make_unique<EmailParts>();
  absl::StatusOr<http::AddressGuard> guard = GuardOf(shared.settings);
  if (!guard.ok()) return guard.status();
  if (absl::Status status = parts->BuildMailDomains(shared, *guard); !status.ok()) return status;
  absl::StatusOr<std::unique_ptr<SmtpParts>> smtp = SmtpParts::Build(shared, *guard);
  if (!smtp.ok()) return smtp.status();
  parts->smtp_ = *std::move(smtp);
  parts->own_name_check_ = std::make_unique<dns::OwnNameCheck>(
      dns::OwnNameCheck::Options{.name = absl::AsciiStrToLower(parts->smtp_->own_name())}, *parts->resolver_,
      shared.timers, *shared.metrics, shared.clock);
  auto checks = std::make_shared<const EmailChecks>(MakeEmailChecks({.mail_domains = *parts->mail_domains_,
                                                                     .callout = &parts->smtp_->callout(),
                                                                     .cache = *shared.cache.cache,
                                                                     .hasher = *shared.hasher,
                                                                     .timers = shared.timers,
                                                                     .clock = shared.clock}));
  parts->verify_ =
      std::make_shared<const VerifyEmail>(shared.rules, std::move(checks), *shared.policies, shared.clock);
  return parts;
}

EmailParts::~EmailParts() {
  if (smtp_ != nullptr) smtp_->callout().Stop();
  if (resolver_ != nullptr) resolver_->Stop();
}

absl::Status EmailParts::BuildMailDomains(SharedParts& shared, const http::AddressGuard& guard) {
  const Settings& settings = shared.settings;
  auto resolver = dns::Resolver::Create(
      {.servers = settings.List("verify.dns_servers"),
       .timeout = settings.Duration("verify.dns_timeout"),
       .tries = static_cast<int>(settings.Integer("verify.dns_tries")),
       .max_in_flight = static_cast<size_t>(settings.Integer("verify.dns_max_in_flight"))},
      *shared.metrics);
  if (!resolver.ok()) return resolver.status();
  resolver_ = *std::move(resolver);
  auto asking = std::make_unique<dns::DnsMailDomainLookup>(
      *resolver_,
      dns::DnsMailDomainLookup::Options{.budget = settings.Duration("verify.dns_budget"), .guard = guard},
      shared.random, shared.clock);
  auto witnessed = std::make_unique<dns::WitnessedMailDomainLookup>(
      std::move(asking),
      dns::WitnessedMailDomainLookup::Options{
          .witnesses = settings.List("verify.dns_witnesses"),
          .is_well_known =
              [rules = shared.rules](std::string_view domain) {
                return (rules->Get()->data->email().domains().Find(domain) & quality::kMarkProvider) != 0;
              }},
      *shared.metrics, shared.clock);
  // A cache of this process alone has nothing that the look-up does not remember itself.
  dns::CachedMailDomainLookup::Shared replicas;
  if (shared.cache.client) replicas = {.cache = shared.cache.cache.get(), .hasher = shared.hasher.get()};
  mail_domains_ = std::make_unique<dns::CachedMailDomainLookup>(
      std::move(witnessed), static_cast<size_t>(settings.Integer("verify.dns_max_domains")), replicas,
      shared.timers, *shared.metrics, shared.clock);
  return absl::OkStatus();
}

}  // namespace limpid::verify

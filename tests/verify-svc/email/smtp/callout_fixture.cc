#include "tests/verify-svc/email/smtp/callout_fixture.h"

#include <future>
#include <utility>

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/quality/quality_data.h"
#include "libs/text/unicode.h"

namespace limpid::verify {
namespace {

constexpr const char* kData = LIMPID_SOURCE_DIR "/data";

std::string RegistrableDomain(std::string_view host) {
  static const auto& data =
      *new std::shared_ptr<const quality::QualityData>(*quality::QualityData::Load(kData));
  return std::string(data->email().domains().FindChain(host).RegistrableDomain());
}

}  // namespace

SmtpCallout::Options CalloutOptions(int port) {
  SmtpCallout::Options options;
  options.session.ehlo_name = "verify.limpid.test";
  options.session.mail_from = "verify@limpid.test";
  options.session.port = port;
  options.session.guard.allowed = {*http::AddressBlock::Parse("127.0.0.0/8")};
  options.limits.per_minute = 6000;
  options.probe.mode = PortProbe::Mode::kOff;
  options.linger = absl::Milliseconds(100);
  return options;
}

CalloutQuery Query(const std::string& domain, const std::vector<std::string>& local_parts,
                   const std::vector<std::string>& addresses) {
  CalloutQuery query{.domain = domain, .mail = {.state = MailDomainState::kHasHosts}, .recipients = {}};
  for (const std::string& address : addresses) {
    query.mail.hosts.push_back(
        {.name = StrCat("mx", query.mail.hosts.size() + 1, ".", domain), .addresses = {address}});
  }
  for (const std::string& local_part : local_parts) {
    query.recipients.push_back(
        {.address = StrCat(local_part, "@", domain), .needs_smtputf8 = !text::IsAscii(local_part)});
  }
  return query;
}

CalloutFixture::CalloutFixture(SmtpCallout::Options options, redis::Cache* shared, redis::Client* redis)
    : hasher_("secret of the tests"), rate_({}, redis, hasher_) {
  callout_ = std::make_unique<SmtpCallout>(
      std::move(options),
      SmtpCallout::Parts{
          .rules = std::make_shared<const Snapshot<ReplyRules>>(*ReplyRules::Load(kData)),
          .quirks = std::make_shared<const Snapshot<ProviderQuirks>>(*ProviderQuirks::Load(kData)),
          .memory = std::make_shared<CalloutMemory>(hasher_, shared, metrics_),
          .rate = rate_,
          .registrable_domain = RegistrableDomain,
          .metrics = metrics_});
}

std::vector<CalloutAnswer> CalloutFixture::Ask(const std::string& domain,
                                               const std::vector<std::string>& local_parts,
                                               const std::vector<std::string>& addresses,
                                               absl::Duration budget) {
  return Ask(Call().Within(budget), Query(domain, local_parts, addresses));
}

std::vector<CalloutAnswer> CalloutFixture::Ask(const Call& call, CalloutQuery query) {
  std::promise<absl::StatusOr<std::vector<CalloutAnswer>>> promise;
  callout_->Ask(call, std::move(query), [&promise](absl::StatusOr<std::vector<CalloutAnswer>> answers) {
    promise.set_value(std::move(answers));
  });
  const absl::StatusOr<std::vector<CalloutAnswer>> answers = promise.get_future().get();
  EXPECT_TRUE(answers.ok()) << answers.status();
  return answers.value_or(std::vector<CalloutAnswer>(1));
}

}  // namespace limpid::verify

// DEEP for e-mail as callers meet it: verify-svc as it is built from its settings, asked over gRPC, with a
// real DNS server and a real mail server behind it.
#include <future>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "limpid/verify/v1/email_service.pb.h"
#include "limpid/verify/v1/policy_service.pb.h"

#include "libs/base/strings.h"
#include "libs/rpc/client.h"
#include "libs/testing/dns_server.h"
#include "libs/testing/exim_server.h"
#include "libs/testing/temp_dir.h"
#include "verify-svc/settings.h"
#include "verify-svc/wiring.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;
using type::v1::Depth;
using type::v1::EmailStatus;

constexpr char kKey[] = "a key between services";

/// The service with a DNS server and an Exim of its own.
class Deep : public ::testing::Test {
 protected:
  Deep() {
    const auto settings =
        Settings::Load({.tables = {CommonSettings(), SettingsTable()},
                        .services = {"verify"},
                        .environment = {{"LIMPID_VERIFY_DNS_SERVERS", dns_->address()},
                                        {"LIMPID_VERIFY_ALLOWED_CIDRS", "127.0.0.0/8"},
                                        {"LIMPID_VERIFY_SMTP_PORT", StrCat(exim_->port())},
                                        {"LIMPID_VERIFY_SMTP_HELO_NAME", "verify.example.org"},
                                        {"LIMPID_STATE_DIR", folder_.path().string()},
                                        {"LIMPID_DATA_DIR", std::string(LIMPID_SOURCE_DIR) + "/data"}}})
            .value();
    service_ = Build(settings, metrics_, {.service = "verify", .keys = {kKey}, .in_process = true}).value();
  }
  ~Deep() override {
    service_->AnnounceDrain();
    service_->Drain(absl::Seconds(10));
  }

  template <class Response, class Request>
  Response Ask(std::string_view path, const Request& request, Role role) {
    Call call = Call().Within(absl::Seconds(30));
    call.tenant = TenantId("acme");
    call.role = role;
    std::promise<absl::StatusOr<Response>> answer;
    rpc::UnaryMethod<Request, Response> method(
        {.name = "verify-svc",
         .channel = service_->InProcessChannel(),
         .signer = std::make_shared<rpc::PrincipalSigner>(rpc::PrincipalKeys{kKey})},
        path);
    method(call, request, [&](absl::StatusOr<Response> response) { answer.set_value(std::move(response)); });
    return answer.get_future().get().value();
  }

  void AllowCallouts() {
    v1::UpdateVerificationPolicyRequest request;
    request.mutable_policy()->set_name("verificationPolicy");
    request.mutable_policy()->mutable_email()->set_allow_callouts(true);
    Ask<v1::VerificationPolicy>("limpid.verify.v1.PolicyService/UpdateVerificationPolicy", request,
                                Role::kAdmin);
  }

  v1::EmailVerdict Verify(const std::string& email) {
    v1::VerifyEmailRequest request;
    request.set_email(email);
    request.set_depth(Depth::DEEP);
    return Ask<v1::EmailVerdict>("limpid.verify.v1.EmailService/VerifyEmail", request, Role::kStandard);
  }

  const std::shared_ptr<MetricsRegistry> metrics_ = std::make_shared<MetricsRegistry>();
  const std::unique_ptr<limpid::testing::DnsServer> dns_ =
      limpid::testing::DnsServer::StartDnsmasq({"local=/fr/", "mx-host=maison.fr,mx.maison.fr,10",
                                                "host-record=mx.maison.fr,127.0.0.1",
                                                "mx-host=toutes.fr,mx.maison.fr,10"})
          .value();
  const std::unique_ptr<limpid::testing::EximServer> exim_ =
      limpid::testing::EximServer::Start(
          {.mailboxes = {"jean.dupont@maison.fr"}, .catch_all_domains = {"toutes.fr"}})
          .value();
  limpid::testing::TempDir folder_;
  std::unique_ptr<VerifyService> service_;
};

TEST_F(Deep, AsksNobodyUntilTheTenantAllowsIt) {
  const v1::EmailVerdict verdict = Verify("jean.dupont@maison.fr");
  EXPECT_EQ(verdict.reason(), "MAILBOX_NOT_CHECKED");
  EXPECT_EQ(verdict.depth_reached(), Depth::STANDARD);
  EXPECT_THAT(exim_->Log(), ::testing::Not(::testing::HasSubstr("rejected RCPT")));
}

TEST_F(Deep, KnowsMailboxesThatExistThoseThatDoNotAndCatchAlls) {
  AllowCallouts();
  const v1::EmailVerdict known = Verify("jean.dupont@maison.fr");
  EXPECT_EQ(known.status(), EmailStatus::DELIVERABLE);
  EXPECT_EQ(known.reason(), "MAILBOX_EXISTS");
  EXPECT_EQ(known.depth_reached(), Depth::DEEP);
  std::vector<std::string> steps;
  for (const auto& evidence : known.evidence()) steps.push_back(evidence.step());
  EXPECT_THAT(steps, ElementsAre("DNS", "CONNECT", "EHLO", "MAIL", "RCPT", "RANDOM_RCPT", "SCORE"));

  const v1::EmailVerdict unknown = Verify("paul.martin@maison.fr");
  EXPECT_EQ(unknown.status(), EmailStatus::UNDELIVERABLE);
  EXPECT_EQ(unknown.reason(), "MAILBOX_NOT_FOUND");
  EXPECT_EQ(unknown.score(), 0);

  const v1::EmailVerdict catch_all = Verify("paul.martin@toutes.fr");
  EXPECT_EQ(catch_all.status(), EmailStatus::RISKY);
  EXPECT_EQ(catch_all.reason(), "CATCH_ALL");
  EXPECT_THAT(exim_->Messages(), ::testing::IsEmpty());
}

}  // namespace
}  // namespace limpid::verify

// verify-svc as it is built from its settings, asked through its door.
#include "verify-svc/wiring.h"

#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "limpid/verify/v1/challenge_service.pb.h"
#include "limpid/verify/v1/email_service.pb.h"
#include "limpid/verify/v1/person_service.pb.h"
#include "limpid/verify/v1/phone_service.pb.h"
#include "limpid/verify/v1/policy_service.pb.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/rpc/client.h"
#include "libs/testing/temp_dir.h"
#include "verify-svc/settings.h"

namespace limpid::verify {
namespace {

constexpr char kKey[] = "a key between services";

absl::StatusOr<std::unique_ptr<VerifyService>> BuildWith(std::map<std::string, std::string> environment,
                                                         bool in_process = false) {
  environment.emplace("LIMPID_VERIFY_GRPC_ADDR", "127.0.0.1:0");
  static const limpid::testing::TempDir state;
  static int services = 0;
  environment.emplace("LIMPID_STATE_DIR", state.File(StrCat("service-", ++services)));
  environment.emplace("LIMPID_DATA_DIR", std::string(LIMPID_SOURCE_DIR) + "/data");
  const auto settings = Settings::Load({.tables = {CommonSettings(), SettingsTable()},
                                        .services = {"verify"},
                                        .environment = std::move(environment)});
  if (!settings.ok()) return settings.status();
  return Build(*settings, std::make_shared<MetricsRegistry>(),
               {.service = "verify", .keys = {kKey}, .in_process = in_process});
}

class VerifySvc : public ::testing::Test {
 protected:
  static ServiceParts& Running() {
    static const auto& parts = *new std::unique_ptr<VerifyService>(BuildWith({}).value());
    return *parts;
  }

  static rpc::Peer Peer(rpc::Channel channel) {
    return {.name = "verify-svc",
            .channel = std::move(channel),
            .signer = std::make_shared<rpc::PrincipalSigner>(rpc::PrincipalKeys{kKey})};
  }

  template <class Response, class Request>
  static absl::StatusOr<Response> Ask(std::string_view path, const Request& request,
                                      Role role = Role::kStandard) {
    const auto channel = rpc::MakeChannel({.target = StrCat("127.0.0.1:", Running().Ports().at(0).second)});
    return AskAt<Response>(channel, path, request, role);
  }

  template <class Response, class Request>
  static absl::StatusOr<Response> AskAt(rpc::Channel channel, std::string_view path, const Request& request,
                                        Role role) {
    Call call;
    call.tenant = TenantId("acme");
    call.role = role;
    std::promise<absl::StatusOr<Response>> answer;
    rpc::UnaryMethod<Request, Response>(Peer(std::move(channel)), path)(
        call, request, [&](absl::StatusOr<Response> response) { answer.set_value(std::move(response)); });
    return answer.get_future().get();
  }
};

TEST_F(VerifySvc, VerifiesAnAddress) {
  v1::VerifyEmailRequest request;
  request.set_email("jean.dupont@gmial.com");
  const auto verdict = Ask<v1::EmailVerdict>("limpid.verify.v1.EmailService/VerifyEmail", request);
  ASSERT_TRUE(verdict.ok()) << verdict.status();
  EXPECT_EQ(verdict->reason(), "DOMAIN_TYPO");
  EXPECT_EQ(verdict->did_you_mean().email(), "jean.dupont@gmail.com");
  EXPECT_FALSE(verdict->data_version().empty());
}

TEST_F(VerifySvc, VerifiesANumber) {
  v1::VerifyPhoneRequest request;
  request.set_phone("06 12 34 56 78");
  const auto verdict = Ask<v1::PhoneVerdict>("limpid.verify.v1.PhoneService/VerifyPhone", request);
  ASSERT_TRUE(verdict.ok()) << verdict.status();
  EXPECT_EQ(verdict->e164(), "+33612345678");
  EXPECT_EQ(verdict->type(), v1::PhoneType::MOBILE);
}

TEST_F(VerifySvc, KnowsCarrierTimeZonesAndPlace) {
  v1::VerifyPhoneRequest request;
  request.set_phone("06 12 34 56 78");
  const auto mobile = Ask<v1::PhoneVerdict>("limpid.verify.v1.PhoneService/VerifyPhone", request);
  ASSERT_TRUE(mobile.ok()) << mobile.status();
  EXPECT_EQ(mobile->carrier_original().name(), "SFR");
  EXPECT_THAT(mobile->timezones(), ::testing::ElementsAre("Europe/Paris"));
  request.set_phone("01 42 68 53 00");
  const auto fixed = Ask<v1::PhoneVerdict>("limpid.verify.v1.PhoneService/VerifyPhone", request);
  ASSERT_TRUE(fixed.ok()) << fixed.status();
  EXPECT_EQ(fixed->location(), "Paris");
}

TEST_F(VerifySvc, GroupsANumberAsItIsTyped) {
  constexpr const char* kMethod = "limpid.verify.v1.PhoneService/FormatPhone";
  v1::FormatPhoneRequest request;
  request.set_digits("06129 34 56 7");
  request.set_caret(5);
  auto formatted = Ask<v1::FormatPhoneResponse>(kMethod, request);
  ASSERT_TRUE(formatted.ok()) << formatted.status();
  EXPECT_EQ(formatted->text(), "06 12 93 45 67");
  EXPECT_EQ(formatted->caret(), 7);
  EXPECT_TRUE(formatted->valid());
  request.set_digits("4155552671");
  request.set_default_region("US");
  request.clear_caret();
  formatted = Ask<v1::FormatPhoneResponse>(kMethod, request);
  ASSERT_TRUE(formatted.ok()) << formatted.status();
  EXPECT_EQ(formatted->text(), "(415) 555-2671");
  EXPECT_EQ(formatted->caret(), 14);
  request.set_caret(11);
  EXPECT_EQ(Ask<v1::FormatPhoneResponse>(kMethod, request).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(VerifySvc, VerifiesAPersonForAForm) {
  v1::VerifyPersonRequest request;
  request.set_email("a@gmail.com");
  request.set_phone("0612345678");
  const auto response =
      Ask<v1::VerifyPersonResponse>("limpid.verify.v1.PersonService/VerifyPerson", request, Role::kCapture);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->email().normalized(), "a@gmail.com");
  EXPECT_EQ(response->phone().e164(), "+33612345678");
}

TEST_F(VerifySvc, AdmitsNoFormToSingleVerdicts) {
  v1::VerifyEmailRequest request;
  request.set_email("a@gmail.com");
  const auto verdict =
      Ask<v1::EmailVerdict>("limpid.verify.v1.EmailService/VerifyEmail", request, Role::kCapture);
  EXPECT_EQ(ReasonOf(verdict.status()), reason::kRoleNotAllowed);
  EXPECT_EQ(DetailsOf(verdict.status()).domain, "verify.limpid");
}

TEST_F(VerifySvc, KeepsWhatATenantChose) {
  v1::UpdateVerificationPolicyRequest update;
  update.mutable_policy()->set_name("verificationPolicy");
  update.mutable_policy()->mutable_phone()->add_denied_regions("BE");
  const auto updated = Ask<v1::VerificationPolicy>("limpid.verify.v1.PolicyService/UpdateVerificationPolicy",
                                                   update, Role::kAdmin);
  ASSERT_TRUE(updated.ok()) << updated.status();
  v1::GetVerificationPolicyRequest get;
  get.set_name("verificationPolicy");
  const auto got =
      Ask<v1::VerificationPolicy>("limpid.verify.v1.PolicyService/GetVerificationPolicy", get, Role::kReader);
  ASSERT_TRUE(got.ok()) << got.status();
  EXPECT_EQ(got->SerializeAsString(), updated->SerializeAsString());
  EXPECT_THAT(got->phone().denied_regions(), ::testing::ElementsAre("BE"));
  EXPECT_EQ(ReasonOf(Ask<v1::VerificationPolicy>("limpid.verify.v1.PolicyService/UpdateVerificationPolicy",
                                                 update, Role::kStandard)
                         .status()),
            reason::kRoleNotAllowed);
}

TEST_F(VerifySvc, OffersNoChallengeWithoutASender) {
  v1::CreateChallengeRequest request;
  request.mutable_challenge()->set_channel(v1::Challenge::Channel::EMAIL_CODE);
  request.mutable_challenge()->set_destination("jean@gmail.com");
  request.mutable_challenge()->set_purpose("login");
  const auto made = Ask<v1::Challenge>("limpid.verify.v1.ChallengeService/CreateChallenge", request);
  EXPECT_EQ(ReasonOf(made.status()), reason::kChannelNotOffered);
  v1::ConfirmLinkRequest link;
  link.set_token("nobody's");
  const auto confirmed =
      Ask<v1::ConfirmLinkResponse>("limpid.verify.v1.ChallengeService/ConfirmLink", link, Role::kNone);
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_EQ(confirmed->result(), v1::ConfirmLinkResponse::Result::NOT_VALID);
}

TEST_F(VerifySvc, AnswersABatchInItsOrderWithFaultsInTheirRows) {
  v1::BatchVerifyPhonesRequest batch;
  for (int i = 0; i < 1000; ++i) {
    v1::VerifyPhoneRequest& request = *batch.add_requests();
    request.set_id(StrCat(i));
    request.set_phone(i % 100 == 7 ? "" : "0612345678");
  }
  const auto response =
      Ask<v1::BatchVerifyPhonesResponse>("limpid.verify.v1.PhoneService/BatchVerifyPhones", batch);
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->verdicts_size(), 1000);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(response->verdicts(i).id(), StrCat(i));
    EXPECT_EQ(response->verdicts(i).has_error(), i % 100 == 7);
  }
  batch.add_requests();
  EXPECT_EQ(Ask<v1::BatchVerifyPhonesResponse>("limpid.verify.v1.PhoneService/BatchVerifyPhones", batch)
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Ask<v1::BatchVerifyEmailsResponse>("limpid.verify.v1.EmailService/BatchVerifyEmails",
                                               v1::BatchVerifyEmailsRequest())
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(VerifySvc, GoesOnServingWhenItsListsAreReadAgain) {
  Running().Reload();
  v1::VerifyEmailRequest request;
  request.set_email("a@gmail.com");
  EXPECT_TRUE(Ask<v1::EmailVerdict>("limpid.verify.v1.EmailService/VerifyEmail", request).ok());
}

TEST_F(VerifySvc, ReadsItsListsAgainWhenTheirFilesChange) {
  const limpid::testing::TempDir data;
  std::filesystem::copy(std::filesystem::path(LIMPID_SOURCE_DIR) / "data", data.path(),
                        std::filesystem::copy_options::recursive);
  const auto service =
      BuildWith({{"LIMPID_DATA_DIR", data.path().string()}, {"LIMPID_VERIFY_LISTS_RELOAD_INTERVAL", "5ms"}},
                /*in_process=*/true)
          .value();
  v1::VerifyEmailRequest request;
  request.set_email("jean@brand-new-throw-away.fr");
  const auto ask = [&] {
    return AskAt<v1::EmailVerdict>(service->InProcessChannel(), "limpid.verify.v1.EmailService/VerifyEmail",
                                   request, Role::kReader)
        .value();
  };
  const v1::EmailVerdict before = ask();
  EXPECT_FALSE(before.flags().disposable());
  std::ofstream(data.path() / "email/disposable_cc0.txt", std::ios::app) << "brand-new-throw-away.fr\n";
  v1::EmailVerdict after = ask();
  while (after.data_version() == before.data_version())
    after = ask();  // Every question is answered meanwhile.
  EXPECT_TRUE(after.flags().disposable());
}

TEST_F(VerifySvc, ReadsItsTablesAgainAndRefusesWhatIsWrong) {
  const limpid::testing::TempDir data;
  std::filesystem::copy(std::filesystem::path(LIMPID_SOURCE_DIR) / "data", data.path(),
                        std::filesystem::copy_options::recursive);
  const auto service =
      BuildWith({{"LIMPID_DATA_DIR", data.path().string()}, {"LIMPID_VERIFY_LISTS_RELOAD_INTERVAL", "0s"}},
                /*in_process=*/true)
          .value();
  const auto carrier = [&] {
    v1::VerifyPhoneRequest request;
    request.set_phone("0612345678");
    return AskAt<v1::PhoneVerdict>(service->InProcessChannel(), "limpid.verify.v1.PhoneService/VerifyPhone",
                                   request, Role::kReader)
        .value()
        .carrier_original()
        .name();
  };
  const auto write = [&](std::string_view text) {
    std::ofstream(data.path() / "phone/carriers.tsv") << text;
    service->Reload();
  };
  EXPECT_EQ(carrier(), "SFR");
  write("no table\n");
  EXPECT_EQ(carrier(), "SFR");
  write("33\tAnother\n34\t-\n");
  EXPECT_EQ(carrier(), "Another");
  // Each of the other kinds: what is wrong is refused, and the service goes on.
  for (const char* file : {"email/smtp_reply_rules.tsv", "email/mail_provider_quirks.tsv",
                           "challenges/fr.tsv", "email/providers.tsv", "phone/ranges.tsv"}) {
    std::ofstream(data.path() / file) << "no table\n";
  }
  service->Reload();
  EXPECT_EQ(carrier(), "Another");
}

TEST_F(VerifySvc, AnswersWithinItsProcessWithoutAPort) {
  const auto service = BuildWith({}, /*in_process=*/true).value();
  v1::VerifyEmailRequest request;
  request.set_email("a@gmail.com");
  EXPECT_TRUE(AskAt<v1::EmailVerdict>(service->InProcessChannel(),
                                      "limpid.verify.v1.EmailService/VerifyEmail", request, Role::kReader)
                  .ok());
}

TEST(VerifyWiring, NamesWhatIsWrong) {
  const auto error = [](const char* name, const char* value) {
    return std::string(BuildWith({{name, value}}).status().message());
  };
  using ::testing::HasSubstr;
  EXPECT_THAT(error("LIMPID_VERIFY_DEFAULT_REGION", "XX"), HasSubstr("verify.default_region"));
  EXPECT_THAT(error("LIMPID_DATA_DIR", "/nowhere"), HasSubstr("/nowhere"));
  EXPECT_THAT(error("LIMPID_VERIFY_DATABASE_URL", "mysql://x"), HasSubstr("database_url"));
  EXPECT_THAT(error("LIMPID_VERIFY_CHALLENGE_KEY", "short"), HasSubstr("verify.challenge_key"));
  EXPECT_THAT(error("LIMPID_VERIFY_SENDERS", "pigeon"), HasSubstr("pigeon"));
  EXPECT_THAT(error("LIMPID_VERIFY_SENDERS", "smtp"), HasSubstr("verify.mail_url"));
  EXPECT_THAT(error("LIMPID_VERIFY_SENDERS", "smsfactor"), HasSubstr("verify.sms_smsfactor_token"));
  EXPECT_THAT(error("LIMPID_VERIFY_GRPC_ADDR", "203.0.113.1:1"), HasSubstr("203.0.113.1:1"));
}

TEST(VerifyWiring, DrainsInOrder) {
  const auto parts = BuildWith({}).value();
  EXPECT_TRUE(parts->Ready().ok());
  parts->AnnounceDrain();
  parts->Drain(absl::Seconds(10));
}

}  // namespace
}  // namespace limpid::verify

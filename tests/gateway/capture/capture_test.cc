#include <optional>

#include <gmock/gmock.h>

#include "gateway/capture/check.h"
#include "gateway/capture/submit.h"
#include "libs/base/error.h"
#include "tests/gateway/capture/fake_peers.h"

namespace limpid::gateway {
namespace {

using contact::v1::CaptureOutcome;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using type::v1::Depth;
using type::v1::EmailStatus;
using type::v1::PhoneStatus;

class CaptureTest : public testing::Test {
 protected:
  CaptureTest() {
    peers_.verdicts->set_depth_offered(Depth::FAST);
    auto& email = *peers_.verdicts->mutable_email();
    email.set_status(EmailStatus::UNKNOWN);
    email.set_reason("MAILBOX_NOT_CHECKED");
    email.set_normalized("jean@gmail.com");
    call_.tenant = TenantId("default");
    call_.role = Role::kStandard;
    submit_request_.set_email("Jean@gmail.com");
    check_request_.set_email("Jean@gmail.com");
  }

  absl::StatusOr<v1::CheckResponse> Check() {
    absl::StatusOr<v1::CheckResponse> result = absl::UnknownError("not answered");
    check_.Run(call_, check_request_, [&](auto answer) {
      if (answer.ok()) {
        result = **answer;
      } else {
        result = answer.status();
      }
    });
    return result;
  }
  absl::StatusOr<v1::SubmitResponse> Submit() {
    std::optional<absl::StatusOr<v1::SubmitResponse>> result;
    submit_.Run(call_, submit_request_, [&](auto answer) { result = std::move(answer); });
    return *std::move(result);
  }
  void SuggestGmail() {
    auto& meant = *peers_.verdicts->mutable_email()->mutable_did_you_mean();
    meant.set_email("jean@gmail.com");
    meant.set_confidence(0.95);
    meant.set_kind(verify::v1::EmailSuggestion::Kind::DOMAIN);
  }

  FakePeers peers_;
  Call call_;
  v1::CheckRequest check_request_;
  v1::SubmitRequest submit_request_;
  CheckCapture check_{{},
                      peers_,
                      *MessageCatalogue::Load(LIMPID_SOURCE_DIR "/data"),
                      [](const TenantId&) { return TenantDefaults{.region = "BE", .language = "en"}; },
                      SystemClock()};
  SubmitCapture submit_{check_, peers_, SystemClock()};
};

TEST_F(CaptureTest, AsksTheThreeServicesAndAssemblesWhatTheySay) {
  SuggestGmail();
  auto& completion = *peers_.completions->add_completions();
  completion.set_field("postalAddress.departmentCode");
  const auto answer = Check();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_THAT(peers_.asked, UnorderedElementsAre("verify", "enrich", "matches"));
  EXPECT_EQ(answer->decision(), v1::Decision::SUGGEST);
  ASSERT_THAT(answer->findings(), SizeIs(1));
  EXPECT_EQ(answer->findings(0).reason(), "DOMAIN_TYPO");
  EXPECT_EQ(answer->findings(0).message(), "Did you mean jean@gmail.com?");
  EXPECT_EQ(answer->normalized().email(), "jean@gmail.com");
  EXPECT_THAT(answer->completions(), SizeIs(1));
  EXPECT_THAT(answer->incomplete(), IsEmpty());
}

TEST_F(CaptureTest, RegionIsTheCallersThenTheAddressesThenTheTenants) {
  EXPECT_TRUE(Check().ok());
  EXPECT_EQ(peers_.verify_request.default_region(), "BE");
  check_request_.mutable_postal_address()->set_region_code("CH");
  EXPECT_TRUE(Check().ok());
  EXPECT_EQ(peers_.verify_request.default_region(), "CH");
  check_request_.set_default_region("DE");
  EXPECT_TRUE(Check().ok());
  EXPECT_EQ(peers_.verify_request.default_region(), "DE");
}

TEST_F(CaptureTest, TellsWhichOtherRegionsANumberMayBeOf) {
  using Regions = std::pair<std::string, std::string>;
  const auto likely = [&] {
    EXPECT_TRUE(Check().ok());
    return Regions(peers_.verify_request.home_region(), peers_.verify_request.usual_region());
  };
  EXPECT_EQ(likely(), Regions("", ""));
  check_request_.mutable_postal_address()->set_region_code("CH");
  EXPECT_EQ(likely(), Regions("", "BE")) << "the tenant's, where the address decides";
  check_request_.set_default_region("DE");
  EXPECT_EQ(likely(), Regions("CH", "BE"));
  check_request_.set_default_region("BE");
  EXPECT_EQ(likely(), Regions("CH", ""));
}

TEST_F(CaptureTest, NamesTheDeepestDepthThatIsOfferedForWhatWasTyped) {
  check_request_.set_depth(Depth::DEEP);
  peers_.verdicts->set_depth_offered(Depth::STANDARD);
  peers_.verdicts->set_phone_depth_offered(Depth::DEEP);
  EXPECT_EQ(Check()->normalized().depth(), Depth::STANDARD);
  check_request_.set_phone("0612345678");
  auto& phone = *peers_.verdicts->mutable_phone();
  phone.set_status(PhoneStatus::VALID);
  phone.set_type(verify::v1::PhoneType::MOBILE);
  phone.set_reachability(verify::v1::Reachability::REACHABLE);
  EXPECT_EQ(Check()->normalized().depth(), Depth::DEEP);
}

TEST_F(CaptureTest, LanguageOfTheCallOutranksTheRequestsOutranksTheTenants) {
  SuggestGmail();
  check_request_.set_language_code("fr-CA");
  EXPECT_EQ(Check()->findings(0).message(), "Vouliez-vous dire jean@gmail.com ?");
  call_.language = "en";
  EXPECT_EQ(Check()->findings(0).message(), "Did you mean jean@gmail.com?");
}

TEST_F(CaptureTest, TheTenantsLanguageIsKeptUntilTheLastAnswerIsThere) {
  SuggestGmail();
  peers_.hold_completions = true;
  std::shared_ptr<v1::CheckResponse> answer;
  check_.Run(call_, check_request_, [&](auto checked) { answer = checked.value(); });
  ASSERT_EQ(answer, nullptr);
  peers_.held_completions(peers_.completions);
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(answer->normalized().language_code(), "en");
  EXPECT_EQ(answer->findings(0).message(), "Did you mean jean@gmail.com?");
}

TEST_F(CaptureTest, BlanksAroundWhatWasTypedAreNobodysFault) {
  check_request_.set_email(" Jean@gmail.com\t\u00a0");
  check_request_.set_phone(" 06 12 34 56 78\n");
  check_request_.set_given_name("  Jean   Paul ");
  const auto answer = Check();
  EXPECT_EQ(peers_.verify_request.email(), "Jean@gmail.com");
  EXPECT_EQ(peers_.verify_request.phone(), "06 12 34 56 78");
  EXPECT_EQ(answer->normalized().given_name(), "Jean Paul");
}

TEST_F(CaptureTest, TheBudgetBoundsWhatTheServicesGet) {
  check_request_.mutable_budget()->set_nanos(30'000'000);
  EXPECT_TRUE(Check().ok());
  EXPECT_LE(peers_.verify_call.deadline, std::chrono::steady_clock::now() + std::chrono::milliseconds(30));
}

TEST_F(CaptureTest, WhatDidNotComeIsNamedAndDecidesNothing) {
  peers_.verdicts = absl::DeadlineExceededError("late");
  peers_.matches = absl::UnavailableError("gone");
  peers_.completions = absl::ResourceExhaustedError("full");
  check_request_.set_phone("06 12 34 56 78");
  const auto answer = Check();
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->decision(), v1::Decision::ACCEPT);
  std::vector<std::string> missing;
  for (const auto& part : answer->incomplete()) missing.push_back(part.part() + " " + part.reason());
  EXPECT_THAT(missing, ElementsAre("EMAIL BUDGET_SPENT", "PHONE BUDGET_SPENT", "MATCHES SERVICE_UNAVAILABLE",
                                   "COMPLETIONS RATE_LIMITED"));
}

TEST_F(CaptureTest, ADepthThatIsNotOfferedIsNamed) {
  check_request_.set_depth(Depth::DEEP);
  peers_.verdicts->mutable_email()->set_depth_reached(Depth::FAST);
  std::vector<std::string> missing;
  const auto answer = Check();
  for (const auto& part : answer->incomplete()) missing.push_back(part.part() + " " + part.reason());
  EXPECT_THAT(missing, ElementsAre("EMAIL_DOMAIN DEPTH_NOT_OFFERED", "EMAIL_MAILBOX DEPTH_NOT_OFFERED"));
  EXPECT_EQ(answer->normalized().depth(), Depth::FAST);
}

TEST_F(CaptureTest, AFormsKeyNeverAsksWhoIsKnown) {
  call_.role = Role::kCapture;
  peers_.matches->add_matches()->set_decision(contact::v1::Match::Decision::REVIEW);
  const auto answer = Check();
  EXPECT_THAT(peers_.asked, Not(Contains("matches")));
  EXPECT_EQ(answer->decision(), v1::Decision::ACCEPT);
  EXPECT_THAT(answer->matches(), IsEmpty());
  EXPECT_THAT(answer->incomplete(), IsEmpty());
}

TEST_F(CaptureTest, AllViolationsAreToldAtOnce) {
  check_request_.set_given_name(std::string(201, 'x'));
  check_request_.set_birth_date("2023-02-30");
  check_request_.set_default_region("france");
  check_request_.mutable_budget()->set_seconds(11);
  check_request_.mutable_postal_address()->add_address_lines(std::string(201, 'x'));
  std::vector<std::string> fields;
  const ErrorDetails details = DetailsOf(Check().status());
  for (const auto& violation : details.violations) fields.push_back(violation.field);
  EXPECT_THAT(fields, UnorderedElementsAre("given_name", "birth_date", "default_region", "budget",
                                           "postal_address.address_lines[0]"));
  EXPECT_THAT(peers_.asked, IsEmpty());
}

TEST_F(CaptureTest, EmailOrPhoneIsNeeded) {
  check_request_.clear_email();
  EXPECT_EQ(ReasonOf(Check().status()), "REQUIRED");
}

TEST_F(CaptureTest, LengthsAreCountedInCharacters) {
  std::string name;
  for (int i = 0; i < 200; ++i) name += "é";
  check_request_.set_given_name(name);
  EXPECT_TRUE(Check().ok());
}

TEST_F(CaptureTest, SubmitStoresWhatIsAccepted) {
  peers_.recorded->set_outcome(CaptureOutcome::CREATED);
  peers_.recorded->mutable_contact()->set_name("contacts/1");
  submit_request_.set_form("newsletter");
  const auto answer = Submit();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->outcome(), CaptureOutcome::CREATED);
  EXPECT_EQ(answer->contact().name(), "contacts/1");
  EXPECT_EQ(peers_.record_request.contact().emails(0).value(), "Jean@gmail.com");
  EXPECT_EQ(peers_.record_request.contact().source().form(), "newsletter");
}

TEST_F(CaptureTest, ASuggestionIsRefusedUnlessSubmittedAnyway) {
  SuggestGmail();
  EXPECT_EQ(Submit()->outcome(), CaptureOutcome::REFUSED);
  EXPECT_THAT(peers_.asked, Not(Contains("record")));
  submit_request_.set_submit_anyway(true);
  peers_.recorded->set_outcome(CaptureOutcome::CREATED);
  EXPECT_EQ(Submit()->outcome(), CaptureOutcome::CREATED);
}

TEST_F(CaptureTest, WhatIsKnownToBeWrongIsNeverStored) {
  SuggestGmail();
  peers_.verdicts->mutable_email()->set_status(EmailStatus::UNDELIVERABLE);
  submit_request_.set_submit_anyway(true);
  EXPECT_EQ(Submit()->outcome(), CaptureOutcome::REFUSED);
  EXPECT_THAT(peers_.asked, Not(Contains("record")));
}

TEST_F(CaptureTest, AMatchToReviewIsLeftToTheStore) {
  peers_.matches->add_matches()->set_decision(contact::v1::Match::Decision::REVIEW);
  peers_.recorded->set_outcome(CaptureOutcome::HELD_FOR_REVIEW);
  const auto answer = Submit();
  EXPECT_EQ(answer->decision(), v1::Decision::REVIEW);
  EXPECT_EQ(answer->outcome(), CaptureOutcome::HELD_FOR_REVIEW);
}

TEST_F(CaptureTest, AFormsKeyLearnsNothingOfWhoIsKnown) {
  call_.role = Role::kCapture;
  peers_.recorded->mutable_contact()->set_name("contacts/1");
  for (const auto stored :
       {CaptureOutcome::CREATED, CaptureOutcome::UPDATED, CaptureOutcome::HELD_FOR_REVIEW}) {
    peers_.recorded->set_outcome(stored);
    EXPECT_EQ(Submit()->outcome(), CaptureOutcome::ACCEPTED);
    EXPECT_FALSE(Submit()->has_contact());
  }
}

TEST_F(CaptureTest, ARepeatGetsTheWholeStoredAnswerAndChecksNothing) {
  v1::CheckResponse first;
  first.set_decision(v1::Decision::ACCEPT);
  first.mutable_email()->set_normalized("first@gmail.com");
  peers_.stored = contact::v1::RecordCaptureResponse();
  peers_.stored->set_outcome(CaptureOutcome::CREATED);
  peers_.stored->set_check(first.SerializeAsString());
  call_.idempotency_key = "k";
  const auto answer = Submit();
  EXPECT_THAT(peers_.asked, ElementsAre("look up"));
  EXPECT_EQ(answer->email().normalized(), "first@gmail.com");
  EXPECT_EQ(answer->outcome(), CaptureOutcome::CREATED);
}

TEST_F(CaptureTest, ARefusalUnderAKeyIsKept) {
  SuggestGmail();
  call_.idempotency_key = "k";
  peers_.recorded->set_outcome(CaptureOutcome::REFUSED);
  EXPECT_EQ(Submit()->outcome(), CaptureOutcome::REFUSED);
  EXPECT_TRUE(peers_.record_request.refused());
}

TEST_F(CaptureTest, ReuseOfAKeyIsTheCallersFault) {
  call_.idempotency_key = "k";
  peers_.stored = MakeError(absl::StatusCode::kInvalidArgument, "IDEMPOTENCY_KEY_REUSED", "x");
  EXPECT_EQ(ReasonOf(Submit().status()), "IDEMPOTENCY_KEY_REUSED");
  EXPECT_THAT(peers_.asked, ElementsAre("look up"));
}

TEST_F(CaptureTest, ViolationsOfTheStoreAreToldInTheCallersFields) {
  ErrorCollector errors;
  errors.Add("contact.external_ids[0].system", "INVALID_FORMAT", "x");
  errors.Add("contact.emails[0].value", "TOO_LONG", "x");
  errors.Add("consents[1].purpose", "REQUIRED", "x");
  peers_.recorded = errors.Finish();
  std::vector<std::string> fields;
  const ErrorDetails details = DetailsOf(Submit().status());
  for (const auto& violation : details.violations) fields.push_back(violation.field);
  EXPECT_THAT(fields, ElementsAre("external_ids[0].system", "email", "consents[1].purpose"));
}

}  // namespace
}  // namespace limpid::gateway

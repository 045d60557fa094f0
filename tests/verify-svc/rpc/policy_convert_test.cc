#include "verify-svc/rpc/policy_convert.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/quality/phone/verdict.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;

Policy Full() {
  Policy policy;
  policy.email = {.allow_callouts = true, .admit_quoted = true, .known_domains = {"a.fr"}};
  policy.phone = {.allowed_calling_codes = {33},
                  .denied_calling_codes = {7},
                  .allowed_regions = {"FR"},
                  .denied_regions = {"BE"},
                  .denied_types = {"VOIP"},
                  .providers = {"telnyx"},
                  .daily_lookups = 5};
  policy.challenges = {.daily_messages = 6, .allow_voip = true};
  policy.version = 9;
  policy.update_time = absl::FromUnixSeconds(1'800'000'000);
  return policy;
}

int EmptyFields(const google::protobuf::Message& message) {
  std::vector<const google::protobuf::FieldDescriptor*> set;
  message.GetReflection()->ListFields(message, &set);
  return message.GetDescriptor()->field_count() - static_cast<int>(set.size());
}

TEST(PolicyConvert, WritesEveryFieldAndReadsItBack) {
  v1::UpdateVerificationPolicyRequest request;
  Write(Full(), *request.mutable_policy());
  EXPECT_EQ(EmptyFields(request.policy()), 0);
  EXPECT_EQ(EmptyFields(request.policy().email()), 0);
  EXPECT_EQ(EmptyFields(request.policy().phone()), 0);
  EXPECT_EQ(EmptyFields(request.policy().challenges()), 0);
  EXPECT_EQ(request.policy().name(), "verificationPolicy");
  EXPECT_EQ(request.policy().etag(), "9");
  EXPECT_EQ(request.policy().update_time().seconds(), 1'800'000'000);

  request.mutable_update_mask()->add_paths("phone");
  const auto update = ReadUpdate(request);
  ASSERT_TRUE(update.ok()) << update.status();
  EXPECT_EQ(update->policy.email, Full().email);
  EXPECT_EQ(update->policy.phone, Full().phone);
  EXPECT_EQ(update->policy.challenges, Full().challenges);
  EXPECT_EQ(update->etag, "9");
  EXPECT_THAT(update->mask, ElementsAre("phone"));
}

TEST(PolicyConvert, ThePolicyOfATenantThatChoseNothingHasNoTime) {
  v1::VerificationPolicy policy;
  Write(Policy(), policy);
  EXPECT_FALSE(policy.has_update_time());
  EXPECT_EQ(policy.etag(), "0");
  EXPECT_EQ(policy.challenges().daily_messages(), 1000);
}

TEST(PolicyConvert, TheWordsOfTypesAreThoseOfTheVerdicts) {
  for (int i = static_cast<int>(quality::PhoneType::kUnknown);
       i <= static_cast<int>(quality::PhoneType::kVoicemail); ++i) {
    const std::string word(quality::Name(static_cast<quality::PhoneType>(i)));
    v1::PhoneType::Value type = v1::PhoneType::PHONE_TYPE_UNSPECIFIED;
    EXPECT_TRUE(v1::PhoneType::Value_Parse(word, &type)) << word;
  }
}

TEST(PolicyConvert, NamesEveryFault) {
  v1::UpdateVerificationPolicyRequest request;
  request.mutable_policy()->set_name("policies/mine");
  request.mutable_policy()->mutable_phone()->add_denied_types(v1::PhoneType::MOBILE);
  request.mutable_policy()->mutable_phone()->add_denied_types(v1::PhoneType::PHONE_TYPE_UNSPECIFIED);
  request.mutable_policy()->mutable_phone()->add_allowed_regions("XX");
  std::vector<std::string> faults;
  for (const FieldViolation& violation : DetailsOf(ReadUpdate(request).status()).violations) {
    faults.push_back(violation.field + " " + violation.reason);
  }
  EXPECT_THAT(faults, ElementsAre("policy.name INVALID_FORMAT", "policy.phone.denied_types[1] UNKNOWN_VALUE",
                                  "policy.phone.allowed_regions[0] UNKNOWN_VALUE"));
  EXPECT_EQ(DetailsOf(CheckPolicyName("name", "")).violations.at(0).reason, reason::kRequired);
}

}  // namespace
}  // namespace limpid::verify

#include "verify-svc/rpc/challenge_convert.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::verify {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

std::vector<std::string> EmptyFields(const google::protobuf::Message& message) {
  std::vector<std::string> empty;
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const auto* field = message.GetDescriptor()->field(i);
    if (!message.GetReflection()->HasField(message, field)) empty.push_back(field->name());
  }
  return empty;
}

Challenge Full() {
  return {.id = ChallengeId("ch1"),
          .tenant = TenantId("acme"),
          .channel = ChallengeChannel::kVoice,
          .destination = "+33612345678",
          .region_code = "FR",
          .purpose = "login",
          .language = "en",
          .brand = "Acme",
          .autofill_host = "acme.example",
          .notice_version = "v1",
          .source = "form",
          .seed = "seed",
          .code_hash = "hash",
          .delivery = DeliveryState::kUncertain,
          .tries = 2,
          .sends = 3,
          .create_time = kNow,
          .expire_time = kNow + absl::Minutes(10),
          .resend_time = kNow + absl::Seconds(30),
          .approval = Approval{.time = kNow + absl::Seconds(5), .remote_address = "192.0.2.7"}};
}

TEST(ChallengeConvert, WritesEveryFieldButTheSecretsAndTheNetwork) {
  v1::Challenge out;
  Write(Full(), kNow, out);
  EXPECT_THAT(EmptyFields(out), ElementsAre("remote_address"));
  EXPECT_EQ(out.name(), "challenges/ch1");
  EXPECT_EQ(out.channel(), v1::Challenge::Channel::VOICE);
  EXPECT_EQ(out.state(), v1::Challenge::State::PENDING);
  EXPECT_EQ(out.delivery(), v1::Challenge::Delivery::UNCERTAIN);
  EXPECT_EQ(out.tries_left(), 3);
  EXPECT_EQ(out.sends(), 3);
  EXPECT_EQ(out.resend_time().seconds() - out.create_time().seconds(), 30);
  EXPECT_EQ(out.proof().remote_address(), "192.0.2.7");
  EXPECT_EQ(out.SerializeAsString().find("hash"), std::string::npos);
}

TEST(ChallengeConvert, TellsTheStateAtTheMoment) {
  v1::Challenge out;
  Write(Full(), kNow + absl::Minutes(10), out);
  EXPECT_EQ(out.state(), v1::Challenge::State::EXPIRED);
}

TEST(ChallengeConvert, ReadsEveryFieldThatACallerGives) {
  v1::CreateChallengeRequest request;
  v1::Challenge& given = *request.mutable_challenge();
  given.set_channel(v1::Challenge::Channel::EMAIL_LINK);
  given.set_destination("a@b.fr");
  given.set_default_region("BE");
  given.set_purpose("newsletter");
  given.set_language_code("fr");
  given.set_brand("Acme");
  given.set_autofill_host("acme.example");
  given.set_notice_version("v1");
  given.set_source("form");
  given.set_remote_address("192.0.2.7");
  const auto read = ReadRequest(request);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->channel, ChallengeChannel::kEmailLink);
  EXPECT_EQ(read->destination, "a@b.fr");
  EXPECT_EQ(read->default_region, "BE");
  EXPECT_EQ(read->purpose, "newsletter");
  EXPECT_EQ(read->language, "fr");
  EXPECT_EQ(read->brand, "Acme");
  EXPECT_EQ(read->autofill_host, "acme.example");
  EXPECT_EQ(read->notice_version, "v1");
  EXPECT_EQ(read->source, "form");
  EXPECT_EQ(read->remote_address, "192.0.2.7");
}

TEST(ChallengeConvert, RefusesWhatTheServerSetsAndAChannelThatNoListHas) {
  v1::CreateChallengeRequest request;
  Write(Full(), kNow, *request.mutable_challenge());
  request.mutable_challenge()->set_channel(static_cast<v1::Challenge::Channel::Value>(99));
  std::vector<std::string> faults;
  for (const FieldViolation& violation : DetailsOf(ReadRequest(request).status()).violations) {
    faults.push_back(violation.field + " " + violation.reason);
  }
  EXPECT_THAT(faults,
              UnorderedElementsAre("challenge.channel UNKNOWN_VALUE", "challenge.name READ_ONLY",
                                   "challenge.state READ_ONLY", "challenge.delivery READ_ONLY",
                                   "challenge.tries_left READ_ONLY", "challenge.sends READ_ONLY",
                                   "challenge.create_time READ_ONLY", "challenge.expire_time READ_ONLY",
                                   "challenge.resend_time READ_ONLY", "challenge.proof READ_ONLY"));
}

TEST(ChallengeConvert, ReadsNames) {
  EXPECT_EQ(ReadChallengeName("challenges/ch1")->value(), "ch1");
  for (const char* name : {"", "challenges/", "challenges/a/b", "contacts/c1"}) {
    EXPECT_EQ(DetailsOf(ReadChallengeName(name).status()).violations.at(0).field, "name") << name;
  }
}

}  // namespace
}  // namespace limpid::verify

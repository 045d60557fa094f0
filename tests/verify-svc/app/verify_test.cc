#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "verify-svc/app/batch_size.h"
#include "verify-svc/app/verify_email.h"
#include "verify-svc/app/verify_person.h"
#include "verify-svc/app/verify_phone.h"

namespace limpid::verify {
namespace {

class SetClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::FromUnixSeconds(1'800'000'000); }
  SteadyTime SteadyNow() const override { return SteadyTime(); }
};

class DefaultPolicies final : public Policies {
 public:
  std::shared_ptr<const Policy> Of(const TenantId&) const override { return policy_; }

 private:
  const std::shared_ptr<const Policy> policy_ = std::make_shared<const Policy>();
};

class Verify : public ::testing::Test {
 protected:
  // The lists that ship with the release, read once.
  static const std::shared_ptr<const RulesInForce>& Rules() {
    static const auto& rules = *new std::shared_ptr<const RulesInForce>(
        std::make_shared<RulesInForce>(std::make_shared<const FastRules>(
            quality::QualityData::Load(std::string(LIMPID_SOURCE_DIR) + "/data").value())));
    return rules;
  }

  SetClock clock_;
  const DefaultPolicies policies_;
  const std::shared_ptr<const EmailChecks> no_checks_ = std::make_shared<EmailChecks>();
  const std::shared_ptr<const VerifyEmail> email_ =
      std::make_shared<VerifyEmail>(Rules(), no_checks_, policies_, clock_);
  const std::shared_ptr<const VerifyPhone> phone_ = std::make_shared<VerifyPhone>(Rules(), "FR", clock_);
  const VerifyPerson person_{email_, phone_};
};

TEST_F(Verify, SaysWhatWasMeantByAMistypedAddress) {
  const auto answer = email_->Run({}, {.id = "row 1", .email = "jean.dupont@gmial.com"});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->id, "row 1");
  EXPECT_EQ(answer->input, "jean.dupont@gmial.com");
  EXPECT_EQ(answer->verdict.status, quality::EmailStatus::kRisky);
  EXPECT_EQ(answer->verdict.did_you_mean.value().email, "jean.dupont@gmail.com");
  EXPECT_EQ(answer->check_time, clock_.Now());
}

TEST_F(Verify, AnswersDeeperThanItOffersAtFast) {
  for (const Depth depth : {Depth::kFast, Depth::kStandard, Depth::kDeep}) {
    EXPECT_EQ(email_->Run({}, {.email = "a@example.fr", .depth = depth})->depth_reached, Depth::kFast);
  }
}

TEST_F(Verify, TakesAnyAddressForAVerdictAndNotForAnError) {
  for (const std::string& text :
       {std::string("@"), std::string(" "), std::string(1000, '@'), std::string("a\0b", 3)}) {
    EXPECT_EQ(email_->Run({}, {.email = text})->verdict.status, quality::EmailStatus::kUndeliverable);
  }
}

TEST_F(Verify, ReadsANumberInTheInstallationsRegionUnlessTheQueryNamesOne) {
  EXPECT_EQ(phone_->Run({}, {.phone = "06 12 34 56 78"})->verdict.e164, "+33612345678");
  EXPECT_EQ(phone_->Run({}, {.phone = "0612345678", .default_region = "IT"})->verdict.e164.substr(0, 3),
            "+39");
  EXPECT_EQ(phone_->Run({}, {.phone = "+41 44 668 18 00"})->verdict.region_code, "CH");
}

TEST_F(Verify, RefusesAQueryThatCannotBe) {
  EXPECT_EQ(email_->Run({}, {}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(phone_->Run({}, {.phone = "1", .default_region = "fr"}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(person_.Run({}, {.phone = std::string(300, '1')}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(Verify, VerifiesOfAPersonWhatIsGiven) {
  const auto both = person_.Run({}, {.email = "jean@gmail.com", .phone = "0612345678"});
  ASSERT_TRUE(both.ok()) << both.status();
  EXPECT_EQ(both->email.value().verdict.address.normalized, "jean@gmail.com");
  EXPECT_EQ(both->phone.value().verdict.e164, "+33612345678");
  EXPECT_EQ(both->email_depth_offered, Depth::kFast);
  EXPECT_EQ(both->phone_depth_offered, Depth::kStandard) << "no phone network in this test";
  EXPECT_FALSE(person_.Run({}, {.email = "jean@gmail.com"})->phone.has_value());
  EXPECT_FALSE(person_.Run({}, {.phone = "0612345678"})->email.has_value());
}

TEST_F(Verify, ProposesTheNumberOfARegionThatIsLikelier) {
  const PersonQuery person = {
      .phone = "0470123456", .default_region = "FR", .likely_regions = {.home = "BE"}};
  const quality::PhoneVerdict verdict = person_.Run({}, person)->phone->verdict;
  ASSERT_EQ(verdict.suggestions.size(), 1);
  EXPECT_EQ(verdict.suggestions[0].e164, "+32470123456");
}

TEST_F(Verify, TakesUpNewRulesForTheNextQuery) {
  const auto rules = std::make_shared<RulesInForce>(Rules()->Get());
  const VerifyEmail verify(rules, no_checks_, policies_, clock_);
  const auto before = rules->Get();
  EXPECT_TRUE(verify.Run({}, {.email = "a@example.fr"}).ok());
  rules->Set(std::make_shared<const FastRules>(
      quality::QualityData::Load(std::string(LIMPID_SOURCE_DIR) + "/data").value()));
  EXPECT_NE(rules->Get(), before);
  EXPECT_TRUE(verify.Run({}, {.email = "a@example.fr"}).ok());
}

TEST(BatchSize, IsBetweenOneAndAThousand) {
  EXPECT_EQ(DetailsOf(CheckBatchSize(0)).violations.at(0).reason, reason::kRequired);
  EXPECT_TRUE(CheckBatchSize(1).ok());
  EXPECT_TRUE(CheckBatchSize(1000).ok());
  EXPECT_EQ(DetailsOf(CheckBatchSize(1001)).violations.at(0).reason, reason::kTooMany);
}

}  // namespace
}  // namespace limpid::verify

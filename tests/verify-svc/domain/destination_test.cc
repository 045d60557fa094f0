#include "verify-svc/domain/destination.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/quality/reasons.h"

namespace limpid::verify {
namespace {

using quality::CanReceive;
using quality::PhoneType;

quality::PhoneVerdict Number(PhoneType type = PhoneType::kMobile) {
  quality::PhoneVerdict verdict;
  verdict.status = quality::PhoneStatus::kValid;
  verdict.e164 = "+33612345678";
  verdict.calling_code = 33;
  verdict.region_code = "FR";
  verdict.type = type;
  verdict.sms = CanReceive::kYes;
  verdict.voice = CanReceive::kYes;
  return verdict;
}

std::string ReasonFor(const quality::PhoneVerdict& verdict, const Policy& policy = {},
                      ChallengeChannel channel = ChallengeChannel::kSms) {
  const auto destination = PhoneDestination(verdict, channel, policy);
  return destination.ok() ? "" : DetailsOf(destination.status()).violations.at(0).reason;
}

TEST(PhoneDestinations, HoldTheNumberItsRegionAndItsRange) {
  const auto destination = PhoneDestination(Number(), ChallengeChannel::kSms, {});
  ASSERT_TRUE(destination.ok());
  EXPECT_EQ(destination->address, "+33612345678");
  EXPECT_EQ(destination->region_code, "FR");
  EXPECT_EQ(destination->prefix, "+3361234");
}

TEST(PhoneDestinations, AreNeverNumbersThatSomebodyProfitsFromOrNobodyIsCalledAt) {
  for (const PhoneType type : {PhoneType::kPremiumRate, PhoneType::kSharedCost, PhoneType::kTollFree,
                               PhoneType::kPager, PhoneType::kVoicemail, PhoneType::kUan}) {
    EXPECT_EQ(ReasonFor(Number(type)), reason::kDestinationNotAllowed) << Name(type);
  }
  for (const std::string_view flag : {quality::phone_flag::kPremium, quality::phone_flag::kM2m,
                                      quality::phone_flag::kFictional, quality::phone_flag::kEmergency}) {
    quality::PhoneVerdict verdict = Number();
    verdict.flags = {flag};
    EXPECT_EQ(ReasonFor(verdict), reason::kDestinationNotAllowed) << flag;
  }
}

TEST(PhoneDestinations, AreVoipOnlyWhereTheTenantAllowsIt) {
  Policy policy;
  EXPECT_EQ(ReasonFor(Number(PhoneType::kVoip), policy), reason::kDestinationNotAllowed);
  policy.challenges.allow_voip = true;
  EXPECT_EQ(ReasonFor(Number(PhoneType::kVoip), policy), "");
}

TEST(PhoneDestinations, TakeWhatTheChannelCarries) {
  quality::PhoneVerdict fixed = Number(PhoneType::kFixedLine);
  fixed.sms = CanReceive::kNo;
  EXPECT_EQ(ReasonFor(fixed, {}, ChallengeChannel::kSms), reason::kDestinationNotAllowed);
  EXPECT_EQ(ReasonFor(fixed, {}, ChallengeChannel::kVoice), "");
  fixed.sms = CanReceive::kMaybe;
  EXPECT_EQ(ReasonFor(fixed, {}, ChallengeChannel::kSms), "");
}

TEST(PhoneDestinations, AreFilteredByTheTenantsCountriesAndTypes) {
  const std::string country(quality::phone_reason::kCountryNotAllowed);
  struct Row {
    Policy::Phone policy;
    std::string expected;
  };
  const Row rows[] = {
      {{.allowed_calling_codes = {33}}, ""},
      {{.allowed_calling_codes = {32}}, country},
      {{.denied_calling_codes = {33}}, country},
      {{.allowed_calling_codes = {33}, .denied_calling_codes = {33}}, country},
      {{.allowed_regions = {"FR"}}, ""},
      {{.allowed_regions = {"BE"}}, country},
      {{.denied_regions = {"FR"}}, country},
      {{.allowed_calling_codes = {32}, .allowed_regions = {"FR"}}, ""},
      {{.denied_types = {"MOBILE"}}, std::string(reason::kDestinationNotAllowed)},
      {{.denied_types = {"VOIP"}}, ""},
  };
  for (const Row& row : rows) {
    Policy policy;
    policy.phone = row.policy;
    EXPECT_EQ(ReasonFor(Number(), policy), row.expected);
  }
}

TEST(PhoneDestinations, AreNumbers) {
  quality::PhoneVerdict verdict = Number();
  verdict.status = quality::PhoneStatus::kInvalid;
  verdict.reasons = {quality::phone_reason::kTooShort};
  EXPECT_EQ(ReasonFor(verdict), quality::phone_reason::kTooShort);
}

TEST(EmailDestinations, AreAddressesThatMailCanArriveAt) {
  quality::EmailVerdict verdict;
  verdict.address.normalized = "jean@example.fr";
  EXPECT_EQ(EmailDestination(verdict)->address, "jean@example.fr");
  EXPECT_EQ(EmailDestination(verdict)->prefix, "");
  verdict.status = quality::EmailStatus::kUndeliverable;
  verdict.reason = quality::email_reason::kReservedDomain;
  EXPECT_EQ(DetailsOf(EmailDestination(verdict).status()).violations.at(0).reason,
            quality::email_reason::kReservedDomain);
}

}  // namespace
}  // namespace limpid::verify

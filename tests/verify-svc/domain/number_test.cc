#include "verify-svc/domain/number.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/quality/reasons.h"
#include "verify-svc/domain/number_record.h"

namespace limpid::verify {
namespace {

using quality::Assumption;
using quality::CanReceive;
using quality::PhoneStatus;
using quality::PhoneType;
using quality::Reachability;
using ::testing::ElementsAre;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

NumberFacts Full() {
  NumberFacts facts;
  facts.reachability = Reachability::kReachable;
  facts.ported = Assumption::kYes;
  facts.roaming = Assumption::kAssumedNo;
  facts.roaming_region = "SE";
  facts.carrier_original = Carrier{.name = "Orange:\n5:odd", .mccmnc = "20801"};
  facts.carrier_current = Carrier{.name = "SFR", .mccmnc = ""};
  facts.line_type = "MOBILE";
  facts.sim_swapped = true;
  facts.pumping_risk = false;
  AddReason(facts, quality::phone_reason::kNoCoverage);
  facts.sources = {{.name = "smsfactor", .as_of = kNow, .cached = true}};
  facts.reachability_expires = kNow + absl::Hours(1);
  facts.assignment_expires = kNow + absl::Hours(2);
  return facts;
}

quality::PhoneVerdict Valid() {
  quality::PhoneVerdict verdict;
  verdict.status = PhoneStatus::kValid;
  verdict.e164 = "+33612345678";
  verdict.type = PhoneType::kMobile;
  verdict.sms = CanReceive::kYes;
  verdict.voice = CanReceive::kYes;
  return verdict;
}

TEST(NumberRecord, GivesBackWhatWasWritten) {
  EXPECT_EQ(ReadRecord(WriteRecord(Full())), Full());
  NumberFacts none;
  none.reachability_expires = none.assignment_expires = kNow;
  EXPECT_EQ(ReadRecord(WriteRecord(none)), none);
}

TEST(NumberRecord, KeepsNoPrice) {
  NumberFacts facts = Full();
  facts.sources[0].cost = "0.004 EUR";
  EXPECT_EQ(ReadRecord(WriteRecord(facts)).value().sources.at(0).cost, "");
}

TEST(NumberRecord, ReadsNothingFromBrokenBytes) {
  const std::string record = WriteRecord(Full());
  for (std::size_t size = 0; size < record.size(); ++size) {
    EXPECT_FALSE(ReadRecord(record.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(ReadRecord(record + "1:x").has_value());
  EXPECT_FALSE(ReadRecord("8:number/2" + record.substr(10)).has_value()) << "of another version";
  EXPECT_FALSE(ReadRecord("99999999999:x").has_value());
}

TEST(NumberExpiry, IsOfDaysForAReachablePhoneAndShortForOneThatIsOff) {
  const auto kept = [](Reachability reachability) {
    NumberFacts facts;
    facts.reachability = reachability;
    SetExpiry(facts, kNow,
              {.reachability = absl::Hours(72), .absence = absl::Hours(1), .assignment = absl::Hours(504)});
    return facts.reachability_expires - kNow;
  };
  EXPECT_EQ(kept(Reachability::kReachable), absl::Hours(72));
  EXPECT_EQ(kept(Reachability::kUnassigned), absl::Hours(72));
  EXPECT_EQ(kept(Reachability::kAbsent), absl::Hours(1));
  EXPECT_EQ(kept(Reachability::kUnknown), absl::Hours(1));
  EXPECT_EQ(kept(Reachability::kNotChecked), absl::Hours(504)) << "a source that knows the assignment only";
}

TEST(JoinedFacts, KeepTheAssignmentThatTheNewsDoNotTell) {
  NumberFacts news;
  news.reachability = Reachability::kUnknown;
  AddReason(news, quality::phone_reason::kProviderTimeout);
  const NumberFacts joined = Join(Full(), news, kNow);
  EXPECT_EQ(joined.reachability, Reachability::kUnknown);
  EXPECT_EQ(joined.ported, Assumption::kYes);
  EXPECT_EQ(joined.carrier_original, Full().carrier_original);
  EXPECT_EQ(joined.line_type, "MOBILE");
  EXPECT_EQ(joined.sources.at(0).name, "smsfactor");
  EXPECT_EQ(joined.assignment_expires, Full().assignment_expires) << "is not younger for being repeated";
}

TEST(JoinedFacts, BelieveTheNewsWhereTheyTell) {
  NumberFacts news = Full();
  news.ported = Assumption::kNo;
  news.carrier_current = Carrier{.name = "Bouygues"};
  news.assignment_expires = kNow + absl::Hours(500);
  EXPECT_EQ(Join(Full(), news, kNow), news);
}

TEST(JoinedFacts, LeaveOutWhatIsTooOld) {
  NumberFacts news;
  EXPECT_EQ(Join(Full(), news, kNow + absl::Hours(2)), news);
}

TEST(Apply, TellsReachabilityWithoutJudgingByIt) {
  for (const Reachability reachability :
       {Reachability::kReachable, Reachability::kAbsent, Reachability::kBarred, Reachability::kUnknown,
        Reachability::kNotChecked}) {
    NumberFacts facts;
    facts.reachability = reachability;
    quality::PhoneVerdict verdict = Valid();
    Apply(facts, verdict);
    EXPECT_EQ(verdict.status, PhoneStatus::kValid);
    EXPECT_EQ(verdict.reachability, reachability);
    EXPECT_EQ(verdict.sms, CanReceive::kYes);
  }
}

TEST(Apply, MakesANumberThatNobodyHasRiskyForThePlanStillHasIt) {
  NumberFacts facts;
  facts.reachability = Reachability::kUnassigned;
  quality::PhoneVerdict verdict = Valid();
  Apply(facts, verdict);
  EXPECT_EQ(verdict.status, PhoneStatus::kRisky);
  EXPECT_EQ(verdict.reachability, Reachability::kUnassigned);
  EXPECT_THAT(verdict.reasons, ElementsAre("UNASSIGNED"));
  EXPECT_EQ(verdict.sms, CanReceive::kNo);
  EXPECT_EQ(verdict.e164, "+33612345678") << "it is still what was meant";
}

TEST(Apply, RaisesTheFlagsOfTheLine) {
  NumberFacts facts = Full();
  facts.pumping_risk = true;
  facts.line_type = "NON_FIXED_VOIP";
  quality::PhoneVerdict verdict = Valid();
  verdict.flags = {"VOIP"};
  Apply(facts, verdict);
  EXPECT_THAT(verdict.flags, ElementsAre("VOIP", "SIM_SWAPPED", "PUMPING_RISK"));
}

TEST(Apply, SettlesWhatThePlanLeavesOpen) {
  quality::PhoneVerdict open = Valid();
  open.sms = CanReceive::kMaybe;
  NumberFacts facts;
  facts.line_type = "MOBILE";
  quality::PhoneVerdict mobile = open;
  Apply(facts, mobile);
  EXPECT_EQ(mobile.sms, CanReceive::kYes);
  facts.line_type = "FIXED_LINE";
  quality::PhoneVerdict fixed = open;
  Apply(facts, fixed);
  EXPECT_EQ(fixed.sms, CanReceive::kNo);
}

TEST(CanBeAsked, IsForValidNumbersOfMobileLines) {
  EXPECT_TRUE(CanBeAsked(Valid()));
  const auto with = [](auto change) {
    quality::PhoneVerdict verdict = Valid();
    change(verdict);
    return CanBeAsked(verdict);
  };
  EXPECT_TRUE(with([](auto& v) { v.type = PhoneType::kFixedLineOrMobile; }));
  EXPECT_FALSE(with([](auto& v) { v.type = PhoneType::kFixedLine; }));
  EXPECT_FALSE(with([](auto& v) { v.type = PhoneType::kPremiumRate; }));
  EXPECT_FALSE(with([](auto& v) { v.type = PhoneType::kTollFree; }));
  EXPECT_FALSE(with([](auto& v) { v.type = PhoneType::kSharedCost; }));
  EXPECT_FALSE(with([](auto& v) { v.status = PhoneStatus::kInvalid; }));
  EXPECT_FALSE(with([](auto& v) { v.e164.clear(); })) << "a short number";
  EXPECT_FALSE(with([](auto& v) { v.flags = {"FICTIONAL"}; }));
}

}  // namespace
}  // namespace limpid::verify

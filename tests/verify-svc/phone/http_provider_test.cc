// Every provider against a server that speaks its documented JSON, and misbehaves.
#include "verify-svc/phone/http_provider.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/strings.h"
#include "tests/verify-svc/phone/answers.h"
#include "tests/verify-svc/phone/questions.h"
#include "tests/verify-svc/phone/stub/provider_stub.h"
#include "tests/verify-svc/phone/test_key.h"
#include "verify-svc/phone/providers/generic.h"
#include "verify-svc/phone/providers/hlr_lookups.h"
#include "verify-svc/phone/providers/infobip.h"
#include "verify-svc/phone/providers/smsfactor.h"
#include "verify-svc/phone/providers/telnyx.h"
#include "verify-svc/phone/providers/twilio.h"
#include "verify-svc/phone/providers/vonage.h"

namespace limpid::verify {
namespace {

using limpid::testing::ProviderStub;
using quality::Assumption;
using quality::Reachability;

// For the faults in which only time ends the exchange.
constexpr absl::Duration kShort = absl::Milliseconds(150);

std::unique_ptr<const ProviderProtocol> MakeProtocol(const std::string& name, const std::string& url) {
  if (name == "smsfactor") return MakeSmsFactor({.url = url, .token = "token"});
  if (name == "infobip") return MakeInfobip({.url = url, .api_key = "key"});
  if (name == "twilio") return MakeTwilio({.url = url, .api_key = "key", .api_secret = "s", .fields = "x"});
  if (name == "telnyx") return MakeTelnyx({.url = url, .api_key = "key"});
  if (name == "hlr_lookups") return MakeHlrLookups({.url = url, .api_key = "key", .api_secret = "s"});
  if (name == "vonage") {
    return MakeVonage({.url = url, .application_id = "app", .private_key = kTestKey, .insights = "roaming"})
        .value();
  }
  return MakeGeneric({.url = StrCat(url, "/generic/{digits}"),
                      .method = "GET",
                      .facts = {"number=/result/msisdn", "reachability=/result/state", "error=/fault",
                                "ported=/result/porting/moved", "carrier=/result/net/title",
                                "carrier_mccmnc=/result/net/code"},
                      .words = {"alive=REACHABLE", "off=ABSENT", "dead=UNASSIGNED", "barred=BARRED"}})
      .value();
}

class EveryProvider : public ::testing::TestWithParam<const char*> {
 protected:
  ProviderAnswer AskFor(const std::string& number, absl::Duration budget = absl::Seconds(20)) {
    return Ask(provider_, {Mobile(number)}, Call().Within(budget)).at(0);
  }
  bool KnowsReachability() const { return GetParam() != std::string("telnyx"); }

  ProviderStub stub_;
  http::Client client_{LoopbackClient()};
  HttpProvider provider_{
      {.name = GetParam(), .price = "0.004 EUR"}, MakeProtocol(GetParam(), stub_.url()), client_};
};

TEST_P(EveryProvider, TellsWhatTheNetworkKnows) {
  const ProviderAnswer answer = AskFor("+33612345600");
  ASSERT_EQ(answer.outcome, LookupOutcome::kAnswered);
  EXPECT_EQ(answer.facts.reachability,
            KnowsReachability() ? Reachability::kReachable : Reachability::kNotChecked);
  EXPECT_EQ(answer.facts.carrier_current, (Carrier{.name = "Orange", .mccmnc = "20801"}));
  ASSERT_EQ(answer.facts.sources.size(), 1U);
  EXPECT_EQ(answer.facts.sources[0].name, GetParam());
  EXPECT_THAT(answer.facts.sources[0].cost, ::testing::EndsWith(" EUR"));
  EXPECT_TRUE(answer.billed);
}

TEST_P(EveryProvider, TellsAbsenceFromANumberThatNobodyHas) {
  if (!KnowsReachability()) {
    EXPECT_EQ(AskFor("+33612345601").facts.reachability, Reachability::kNotChecked);
    return;
  }
  EXPECT_EQ(AskFor("+33612345601").facts.reachability, Reachability::kAbsent);
  const Reachability gone = AskFor("+33612345602").facts.reachability;
  EXPECT_EQ(gone, GetParam() == std::string("vonage") ? Reachability::kUnknown : Reachability::kUnassigned);
  EXPECT_EQ(AskFor("+33612345604").facts.reachability, Reachability::kUnknown);
}

TEST_P(EveryProvider, TellsAPortedNumber) {
  const NumberFacts facts = AskFor("+33612345610").facts;
  EXPECT_THAT(facts.ported, ::testing::AnyOf(Assumption::kYes, Assumption::kAssumedYes));
  EXPECT_EQ(facts.carrier_current, (Carrier{.name = "SFR", .mccmnc = "20810"}));
}

struct FaultCase {
  const char* ending;
  LookupOutcome outcome;
  bool billed;
};

TEST_P(EveryProvider, NeverTakesAFaultForAnAnswer) {
  const FaultCase cases[] = {
      {"80", LookupOutcome::kBusy, false},     // 429
      {"82", LookupOutcome::kBusy, true},      // 500
      {"83", LookupOutcome::kTimeout, true},   // hangs
      {"84", LookupOutcome::kTimeout, true},   // drips
      {"85", LookupOutcome::kBusy, true},      // reset
      {"86", LookupOutcome::kBusy, true},      // truncated
      {"87", LookupOutcome::kBusy, true},      // huge
      {"88", LookupOutcome::kRefused, false},  // redirected
      {"92", LookupOutcome::kBusy, true},      // no JSON
  };
  for (const FaultCase& row : cases) {
    const bool waits = row.outcome == LookupOutcome::kTimeout;
    const ProviderAnswer answer =
        AskFor(StrCat("+336123456", row.ending), waits ? kShort : absl::Seconds(20));
    EXPECT_EQ(answer.outcome, row.outcome) << row.ending;
    EXPECT_EQ(answer.billed, row.billed) << row.ending;
    EXPECT_EQ(answer.facts, NumberFacts()) << row.ending;
  }
}

TEST_P(EveryProvider, ReadsNothingIntoValuesOfOtherKinds) {
  EXPECT_NE(AskFor("+33612345689").outcome, LookupOutcome::kAnswered);
}

TEST_P(EveryProvider, FindsTheFailureInsideA200) {
  const ProviderAnswer answer = AskFor("+33612345690");
  EXPECT_THAT(answer.outcome, ::testing::AnyOf(LookupOutcome::kRefused, LookupOutcome::kNoCoverage));
}

TEST_P(EveryProvider, SaysWhenToComeAgain) {
  EXPECT_EQ(AskFor("+33612345681").retry_after, absl::Seconds(2));
}

TEST_P(EveryProvider, SendsAQuestionOnce) {
  for (const char* ending : {"00", "80", "82", "85", "88", "92"}) {
    const std::string number = StrCat("+336123456", ending);
    AskFor(number);
    EXPECT_EQ(stub_.asked(number), 1) << ending;
  }
}

INSTANTIATE_TEST_SUITE_P(Phone, EveryProvider,
                         ::testing::Values("smsfactor", "infobip", "twilio", "vonage", "hlr_lookups",
                                           "telnyx", "generic"),
                         [](const auto& provider) { return std::string(provider.param); });

TEST(BulkProvider, MatchesAShortAnswerInAnotherOrder) {
  ProviderStub stub;
  http::Client client(LoopbackClient());
  HttpProvider provider({.name = "smsfactor"}, MakeProtocol("smsfactor", stub.url()), client);
  const auto answers =
      Ask(provider, Mobiles({"+33612345600", "+33612345601", "+33612345691", "+33612345610"}));
  ASSERT_EQ(answers.size(), 4U);
  EXPECT_EQ(answers[0].facts.reachability, Reachability::kReachable);
  EXPECT_EQ(answers[1].facts.reachability, Reachability::kAbsent);
  EXPECT_EQ(answers[2].outcome, LookupOutcome::kBusy) << "left out";
  EXPECT_EQ(answers[3].facts.ported, Assumption::kYes);
  EXPECT_EQ(stub.calls(), 1);
}

TEST(HttpProvider, ReachesOnlyPublicAddressesUnlessTold) {
  ProviderStub stub;
  http::Client client(http::Client::Options{});
  HttpProvider provider({.name = "smsfactor"}, MakeProtocol("smsfactor", stub.url()), client);
  const ProviderAnswer answer = Ask(provider, {Mobile("+33612345600")}).at(0);
  EXPECT_EQ(answer.outcome, LookupOutcome::kRefused);
  EXPECT_FALSE(answer.billed);
  EXPECT_EQ(stub.calls(), 0);
}

TEST(RetryAfter, IsSecondsOrADateAndNeverLong) {
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  const auto read = [&](const std::string& value) {
    return RetryAfter({.status = 429, .headers = {{"retry-after", value}}}, now);
  };
  EXPECT_EQ(read("7"), absl::Seconds(7));
  EXPECT_EQ(read(absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", now + absl::Seconds(30), absl::UTCTimeZone())),
            absl::Seconds(30));
  EXPECT_EQ(read("-5"), absl::ZeroDuration());
  EXPECT_EQ(read("soon"), absl::ZeroDuration());
  EXPECT_EQ(read("86400"), absl::Minutes(10));
}

}  // namespace
}  // namespace limpid::verify

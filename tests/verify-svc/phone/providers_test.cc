// What each provider's documented answers mean.
#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/strings.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/fixed_random.h"
#include "tests/verify-svc/phone/questions.h"
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

using quality::Assumption;
using quality::Reachability;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string Documented(const std::string& file) {
  std::ifstream in(StrCat(LIMPID_SOURCE_DIR, "/tests/data/phone/providers/", file));
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<ProviderAnswer> ReadText(const ProviderProtocol& protocol, const std::string& text,
                                     const std::vector<std::string>& numbers) {
  const auto body = http::JsonDocument::Parse(text);
  if (!body) ADD_FAILURE() << "not JSON: " << text;
  return protocol.Read(*body, Mobiles(numbers));
}

ProviderAnswer ReadFile(const ProviderProtocol& protocol, const std::string& file,
                        const std::string& number) {
  return ReadText(protocol, Documented(file), {number}).at(0);
}

const std::unique_ptr<const ProviderProtocol>& SmsFactor() {
  static const auto& protocol =
      *new auto(MakeSmsFactor({.url = "https://api.smsfactor.com", .token = "the token"}));
  return protocol;
}
const std::unique_ptr<const ProviderProtocol>& Infobip() {
  static const auto& protocol =
      *new auto(MakeInfobip({.url = "https://x.api.infobip.com", .api_key = "the key"}));
  return protocol;
}
const std::unique_ptr<const ProviderProtocol>& Twilio() {
  static const auto& protocol = *new auto(MakeTwilio({.url = "https://lookups.twilio.com",
                                                      .api_key = "SK1",
                                                      .api_secret = "secret",
                                                      .fields = "line_type_intelligence"}));
  return protocol;
}
const std::unique_ptr<const ProviderProtocol>& Telnyx() {
  static const auto& protocol =
      *new auto(MakeTelnyx({.url = "https://api.telnyx.com", .api_key = "the key"}));
  return protocol;
}

TEST(SmsFactorProtocol, AsksForAListOfNumbersWithoutPlus) {
  const auto request = SmsFactor()->Request(Mobiles({"+33612345678", "+33612345677"}));
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://api.smsfactor.com/lookup");
  EXPECT_EQ(request.body, R"({"lookup":{"to":["33612345678","33612345677"]}})");
  EXPECT_THAT(request.headers, Contains(Pair("Authorization", "Bearer the token")));
}

TEST(SmsFactorProtocol, MatchesTheAnswersOnTheNumberAndNotOnThePlace) {
  const auto answers = ReadText(*SmsFactor(), Documented("smsfactor_lookup_response.json"),
                                {"+33612345677", "+33699999999", "+33612345678"});
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(answers[0].outcome, LookupOutcome::kAnswered);
  EXPECT_EQ(answers[0].facts.reachability, Reachability::kAbsent);
  EXPECT_EQ(answers[1].outcome, LookupOutcome::kBusy) << "was left out of the answer";
  EXPECT_EQ(answers[2].facts.reachability, Reachability::kReachable);
  EXPECT_EQ(answers[2].facts.ported, Assumption::kNo);
  EXPECT_EQ(answers[2].facts.roaming, Assumption::kNo);
  EXPECT_EQ(answers[2].facts.carrier_current, (Carrier{.name = "Orange", .mccmnc = "20801"}));
  EXPECT_EQ(answers[2].facts.carrier_original, answers[2].facts.carrier_current);
}

TEST(SmsFactorProtocol, FindsTheFailureInsideA200) {
  const auto outcome = [](const char* text) {
    return ReadText(*SmsFactor(), text, {"+33612345678"}).at(0).outcome;
  };
  EXPECT_EQ(outcome(R"({"status":-1,"message":"Authentication error"})"), LookupOutcome::kRefused);
  EXPECT_EQ(outcome(R"({"status":"-3"})"), LookupOutcome::kRefused);
  EXPECT_EQ(outcome(R"({"status":-99})"), LookupOutcome::kBusy);
  EXPECT_EQ(outcome(R"({})"), LookupOutcome::kBusy);
}

struct HlrErrorCase {
  const char* error;
  Reachability reachability;
};

TEST(HlrReport, KnowsTheErrorsOfTheSubscriber) {
  const HlrErrorCase cases[] = {
      {R"({"id":1,"permanent":true})", Reachability::kUnassigned},
      {R"({"id":1,"permanent":"true"})", Reachability::kUnassigned},
      {R"({"id":1})", Reachability::kUnassigned},
      {R"({"id":1,"permanent":false})", Reachability::kUnknown},
      {R"({"id":5,"permanent":false})", Reachability::kUnknown},
      {R"({"id":5,"permanent":true})", Reachability::kUnassigned},
      {R"({"id":6,"permanent":false})", Reachability::kAbsent},
      {R"({"id":7,"permanent":true})", Reachability::kAbsent},
      {R"({"id":8,"permanent":false})", Reachability::kAbsent},
      {R"({"id":9,"permanent":true})", Reachability::kUnassigned},
      {R"({"id":12,"permanent":true})", Reachability::kAbsent},
      {R"({"id":13,"permanent":false})", Reachability::kBarred},
      {R"({"id":27,"permanent":false})", Reachability::kAbsent},
      {R"({"id":"27"})", Reachability::kAbsent},
      {R"({"id":255,"permanent":true})", Reachability::kUnknown},
      {R"({"id":null})", Reachability::kUnknown},
  };
  for (const HlrErrorCase& row : cases) {
    const std::string text = StrCat(
        R"({"results":[{"to":"33612345678","status":{"name":"UNDELIVERABLE"},"error":)", row.error, "}]}");
    const ProviderAnswer answer = ReadText(*Infobip(), text, {"+33612345678"}).at(0);
    EXPECT_EQ(answer.outcome, LookupOutcome::kAnswered) << row.error;
    EXPECT_EQ(answer.facts.reachability, row.reachability) << row.error;
  }
}

TEST(HlrReport, TakesARejectionForNoCoverageAndMissingCreditForARefusal) {
  const auto outcome = [](const char* status) {
    const std::string text = StrCat(R"({"results":[{"to":"33612345678","status":)", status, "}]}");
    return ReadText(*Infobip(), text, {"+33612345678"}).at(0).outcome;
  };
  EXPECT_EQ(outcome(R"({"groupName":"REJECTED","name":"REJECTED_NETWORK"})"), LookupOutcome::kNoCoverage);
  EXPECT_EQ(outcome(R"({"groupName":"REJECTED","name":"REJECTED_NOT_ENOUGH_CREDITS"})"),
            LookupOutcome::kRefused);
}

TEST(InfobipProtocol, ReadsNetworksPortabilityAndRoaming) {
  const auto plain = ReadFile(*Infobip(), "infobip_query_response.json", "+41793026727");
  EXPECT_EQ(plain.facts.reachability, Reachability::kReachable);
  EXPECT_EQ(plain.facts.carrier_current, (Carrier{.name = "Swisscom", .mccmnc = "22801"}));
  const auto ported = ReadFile(*Infobip(), "infobip_query_response_ported.json", "+41793026727");
  EXPECT_EQ(ported.facts.ported, Assumption::kYes);
  EXPECT_EQ(ported.facts.carrier_current, (Carrier{.name = "Sunrise", .mccmnc = "22801"}));
  EXPECT_EQ(ported.facts.carrier_original, (Carrier{.name = "Swisscom"}));
  const auto roaming = ReadFile(*Infobip(), "infobip_query_response_roaming.json", "+41793026727");
  EXPECT_EQ(roaming.facts.roaming, Assumption::kYes);
  EXPECT_EQ(roaming.facts.ported, Assumption::kNo);
}

TEST(InfobipProtocol, FindsTheFailureInsideA200) {
  EXPECT_EQ(ReadFile(*Infobip(), "infobip_error_400.json", "+41793026727").outcome, LookupOutcome::kRefused);
}

TEST(TwilioProtocol, AsksForOneNumberUnderBasicCredentials) {
  const auto request = Twilio()->Request(Mobiles({"+33612345678"}));
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.url,
            "https://lookups.twilio.com/v2/PhoneNumbers/%2B33612345678?Fields=line_type_intelligence");
  EXPECT_THAT(request.headers, Contains(Pair("Authorization", "Basic U0sxOnNlY3JldA==")));
}

TEST(TwilioProtocol, ReadsTruthsThatAreStrings) {
  const auto answer =
      ReadFile(*Twilio(), "twilio_lookup_v2_live_activity_ported_roaming.json", "+447772000001");
  EXPECT_EQ(answer.outcome, LookupOutcome::kAnswered);
  EXPECT_EQ(answer.facts.reachability, Reachability::kReachable);
  EXPECT_EQ(answer.facts.ported, Assumption::kYes);
  EXPECT_EQ(answer.facts.roaming, Assumption::kNo);
  EXPECT_EQ(answer.facts.carrier_original, (Carrier{.name = "Vodafone", .mccmnc = "23415"}));
  EXPECT_EQ(answer.facts.carrier_current, (Carrier{.name = "Orange", .mccmnc = "26610"}));
}

TEST(TwilioProtocol, ReadsThePackagesThatWereAskedFor) {
  const auto line = ReadFile(*Twilio(), "twilio_lookup_v2_line_type.json", "+14159929960");
  EXPECT_EQ(line.facts.line_type, "NON_FIXED_VOIP");
  EXPECT_EQ(line.facts.carrier_current, (Carrier{.name = "Twilio - SMS/MMS-SVR", .mccmnc = "24038"}));
  EXPECT_EQ(line.facts.reachability, Reachability::kNotChecked);
  EXPECT_EQ(line.facts.sim_swapped, std::nullopt);
  EXPECT_EQ(ReadFile(*Twilio(), "twilio_lookup_v2_sim_swap.json", "+447772000001").facts.sim_swapped, true);
  EXPECT_EQ(ReadFile(*Twilio(), "twilio_lookup_v2_sms_pumping_risk.json", "+14159929960").facts.pumping_risk,
            false);
}

TEST(TwilioProtocol, TakesANullPackageForNothingAndNotForANo) {
  const auto answer = ReadFile(*Twilio(), "twilio_lookup_v2_identity_match.json", "+14159929960");
  EXPECT_EQ(answer.facts, NumberFacts());
}

TEST(TwilioProtocol, TakesAPackageWithAnErrorForNothing) {
  const auto read = [](const std::string& packages) {
    return ReadText(*Twilio(), StrCat(R"({"phone_number":"+33612345678","valid":true,)", packages, "}"),
                    {"+33612345678"})
        .at(0);
  };
  EXPECT_EQ(read(R"("line_status":{"status":null,"error_code":60600})").outcome, LookupOutcome::kNoCoverage);
  const auto half = read(
      R"("line_status":{"status":"inactive","error_code":60601},"line_type_intelligence":{"type":"mobile","error_code":null})");
  EXPECT_EQ(half.outcome, LookupOutcome::kAnswered);
  EXPECT_EQ(half.facts.reachability, Reachability::kNotChecked);
  EXPECT_EQ(half.facts.line_type, "MOBILE");
}

TEST(TwilioProtocol, TellsAnInactiveLineFromOneOutOfReach) {
  const auto reachability = [](const char* status) {
    return ReadText(*Twilio(),
                    StrCat(R"({"phone_number":"+33612345678","line_status":{"status":")", status,
                           R"(","error_code":null}})"),
                    {"+33612345678"})
        .at(0)
        .facts.reachability;
  };
  EXPECT_EQ(reachability("reachable"), Reachability::kReachable);
  EXPECT_EQ(reachability("unreachable"), Reachability::kAbsent);
  EXPECT_EQ(reachability("inactive"), Reachability::kUnassigned);
  EXPECT_EQ(reachability("unknown"), Reachability::kUnknown);
}

TEST(TelnyxProtocol, ReadsCarrierAndPortability) {
  const auto answer = ReadFile(*Telnyx(), "telnyx_number_lookup.json", "+13129457420");
  EXPECT_EQ(answer.outcome, LookupOutcome::kAnswered);
  EXPECT_EQ(answer.facts.line_type, "VOIP");
  EXPECT_EQ(answer.facts.ported, Assumption::kYes);
  // The documented example gives a country where the mobile country code belongs.
  EXPECT_EQ(answer.facts.carrier_current, (Carrier{.name = "Telnyx/4"}));
  EXPECT_EQ(answer.facts.reachability, Reachability::kNotChecked);
}

TEST(Protocol, GivesNetworkCodesTheirZerosBack) {
  const auto read = [](const char* mnc) {
    const std::string text = StrCat(
        R"({"data":{"phone_number":"33612345678","carrier":{"mobile_country_code":"208","mobile_network_code":)",
        mnc, R"(,"name":"x"}}})");
    return ReadText(*Telnyx(), text, {"+33612345678"}).at(0).facts.carrier_current.value().mccmnc;
  };
  EXPECT_EQ(read("1"), "20801");
  EXPECT_EQ(read("\"01\""), "20801");
  EXPECT_EQ(read("260"), "208260");
  EXPECT_EQ(read("12345"), "");
  EXPECT_EQ(read("null"), "");
}

TEST(HlrLookupsProtocol, SignsPathTimeMethodAndBody) {
  const testing::FakeClock clock(absl::FromUnixSeconds(1'790'000'000));
  const auto protocol = MakeHlrLookups(
      {.url = "https://www.hlr-lookups.com", .api_key = "hlr-key", .api_secret = "hlr-secret-value"}, clock);
  const auto request = protocol->Request(Mobiles({"+491788735000"}));
  EXPECT_EQ(request.url, "https://www.hlr-lookups.com/api/v2/hlr-lookup");
  EXPECT_EQ(request.body, R"({"msisdn":"+491788735000"})");
  EXPECT_THAT(request.headers, Contains(Pair("X-Digest-Timestamp", "1790000000")));
  // printf '%s' '/hlr-lookup1790000000POST{"msisdn":"+491788735000"}' | openssl dgst -sha256 -hmac …
  EXPECT_THAT(request.headers,
              Contains(Pair("X-Digest-Signature",
                            "997fc8db45a0ac1c0e8ecc70bb2de21de9967b3c3c8ae50803aece5962aec6c8")));
}

TEST(HlrLookupsProtocol, ReadsTheDocumentedAnswer) {
  const auto protocol = MakeHlrLookups({});
  const auto answer = ReadFile(*protocol, "hlrlookups_hlr_response.json", "+14156226819");
  EXPECT_EQ(answer.facts.reachability, Reachability::kReachable);
  EXPECT_EQ(answer.facts.ported, Assumption::kYes);
  EXPECT_EQ(answer.facts.roaming, Assumption::kNo);
  EXPECT_EQ(answer.facts.carrier_current, (Carrier{.name = "T-Mobile US", .mccmnc = "310260"}));
  EXPECT_EQ(answer.facts.carrier_original, (Carrier{.name = "Verizon Wireless"}));
  EXPECT_EQ(answer.facts.sources.at(0).cost, "0.0100 EUR");
}

std::unique_ptr<const ProviderProtocol> Vonage() {
  static const testing::FakeClock clock;
  static testing::FixedRandom random;
  return MakeVonage({.url = "https://api-eu.vonage.com",
                     .application_id = "the application",
                     .private_key = kTestKey,
                     .insights = "current_carrier,sim_swap",
                     .purpose = "FraudPreventionAndDetection"},
                    clock, random)
      .value();
}

TEST(VonageProtocol, AsksForInsightsUnderASignedToken) {
  const auto request = Vonage()->Request(Mobiles({"+33612345678"}));
  EXPECT_EQ(request.url, "https://api-eu.vonage.com/v0.1/identity-insights");
  EXPECT_EQ(request.body, R"({"phone_number":"33612345678","purpose":"FraudPreventionAndDetection",)"
                          R"("insights":{"current_carrier":{},"sim_swap":{}}})");
  // {"alg":"RS256","typ":"JWT"}
  EXPECT_THAT(request.headers,
              Contains(Pair("Authorization", HasSubstr("Bearer eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9."))));
}

TEST(VonageProtocol, RefusesAKeyThatIsNoneWithoutShowingIt) {
  const auto status = MakeVonage({.private_key = "not a key at all"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), ::testing::Not(HasSubstr("not a key at all")));
}

TEST(VonageProtocol, ReadsEachInsightUnderItsOwnStatus) {
  const auto swap = ReadFile(*Vonage(), "vonage_identity_insights_response_sim_swap.json", "+33612345678");
  EXPECT_EQ(swap.outcome, LookupOutcome::kAnswered);
  EXPECT_EQ(swap.facts.sim_swapped, true);
  const auto read = [](const char* insights) {
    return ReadText(*Vonage(), StrCat(R"({"insights":{)", insights, "}}"), {"+33612345678"}).at(0);
  };
  const auto both = read(
      R"("original_carrier":{"name":"Orange","network_code":"20801","network_type":"MOBILE","status":{"code":"OK"}},)"
      R"("current_carrier":{"name":"SFR","network_code":"20810","network_type":"MOBILE","status":{"code":"OK"}},)"
      R"("roaming":{"is_roaming":true,"country_codes":["se"],"status":{"code":"OK"}},)"
      R"("reachability":{"is_reachable":false,"status":{"code":"OK"}})");
  EXPECT_EQ(both.facts.ported, Assumption::kAssumedYes);
  EXPECT_EQ(both.facts.roaming, Assumption::kYes);
  EXPECT_EQ(both.facts.roaming_region, "SE");
  EXPECT_EQ(both.facts.reachability, Reachability::kAbsent);
  EXPECT_EQ(both.facts.line_type, "MOBILE");
  EXPECT_EQ(read(R"("reachability":{"is_reachable":true,"status":{"code":"SUPPLIER_ERROR"}})").outcome,
            LookupOutcome::kBusy);
  EXPECT_EQ(read(R"("current_carrier":{"status":{"code":"NO_COVERAGE"}})").outcome,
            LookupOutcome::kNoCoverage);
  EXPECT_EQ(read(R"("current_carrier":{"status":{"code":"UNAUTHORIZED"}})").outcome, LookupOutcome::kRefused);
}

GenericOptions Described() {
  return {.url = "https://hlr.example/n/{digits}?plus={e164}",
          .method = "GET",
          .headers = {"X-Api-Key: {secret}"},
          .secret = "the secret",
          .facts = {"number=/result/msisdn", "reachability=/result/state", "ported=/result/porting/moved",
                    "carrier=/result/net/title", "carrier_mccmnc=/result/net/code", "error=/fault"},
          .words = {"alive=REACHABLE", "off=ABSENT", "dead=UNASSIGNED"}};
}

TEST(GenericProtocol, AsksAsDescribed) {
  const auto request = MakeGeneric(Described()).value()->Request(Mobiles({"+33612345678"}));
  EXPECT_EQ(request.url, "https://hlr.example/n/33612345678?plus=%2B33612345678");
  EXPECT_THAT(request.headers, Contains(Pair("X-Api-Key", "the secret")));
}

TEST(GenericProtocol, ReadsWhereItWasTold) {
  const auto protocol = MakeGeneric(Described()).value();
  const auto read = [&](const char* text) { return ReadText(*protocol, text, {"+33612345678"}).at(0); };
  const auto answer = read(
      R"({"result":{"msisdn":"33612345678","state":"dead","porting":{"moved":1},"net":{"title":"SFR","code":20810}}})");
  EXPECT_EQ(answer.outcome, LookupOutcome::kAnswered);
  EXPECT_EQ(answer.facts.reachability, Reachability::kUnassigned);
  EXPECT_EQ(answer.facts.ported, Assumption::kYes);
  EXPECT_EQ(answer.facts.carrier_current, (Carrier{.name = "SFR", .mccmnc = "20810"}));
  EXPECT_EQ(read(R"({"result":{"msisdn":"33612345678","state":"sleepy"}})").facts.reachability,
            Reachability::kUnknown);
  EXPECT_EQ(read(R"({"fault":"no such customer"})").outcome, LookupOutcome::kRefused);
  EXPECT_EQ(read(R"({"result":{"msisdn":"33699999999","state":"alive"}})").outcome, LookupOutcome::kBusy)
      << "speaks of another number";
  EXPECT_EQ(read(R"({"result":{"msisdn":"33612345678"}})").outcome, LookupOutcome::kBusy);
}

TEST(GenericProtocol, SaysWhatIsWrongInADescription) {
  const auto error = [](auto change) {
    GenericOptions options = Described();
    change(options);
    return std::string(MakeGeneric(std::move(options)).status().message());
  };
  EXPECT_THAT(error([](GenericOptions& o) { o.method = "DELETE"; }), HasSubstr("GET or POST"));
  EXPECT_THAT(error([](GenericOptions& o) { o.facts = {"colour=/x"}; }), HasSubstr("colour"));
  EXPECT_THAT(error([](GenericOptions& o) { o.facts = {"ported=x"}; }), HasSubstr("slash"));
  EXPECT_THAT(error([](GenericOptions& o) { o.facts = {}; }), HasSubstr("at least one"));
  EXPECT_THAT(error([](GenericOptions& o) { o.words = {"up=YES"}; }), HasSubstr("up=YES"));
  EXPECT_THAT(error([](GenericOptions& o) { o.headers = {"nonsense"}; }), HasSubstr("nonsense"));
}

}  // namespace
}  // namespace limpid::verify

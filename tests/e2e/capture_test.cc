#include <thread>

#include "tests/e2e/shapes.h"

namespace limpid::e2e {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;

class Capture : public BothShapes {
 protected:
  static json Person(const std::string& email, const std::string& phone, const std::string& given_name) {
    return {{"email", email}, {"phone", phone}, {"givenName", given_name}, {"familyName", "Dupont"}};
  }
  json Submit(const json& request, const std::string& idempotency_key = "") {
    std::vector<std::pair<std::string, std::string>> headers;
    if (!idempotency_key.empty()) headers.emplace_back("Idempotency-Key", idempotency_key);
    const HttpAnswer answer = TheSuite().Post("/v1/capture:submit", request, std::move(headers));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.Json();
  }
};

// The example of docs/api.md, word by word.
TEST_P(Capture, TheContractsExampleAnswersSuggest) {
  const HttpAnswer answer = TheSuite().Call("POST", "/v1/capture:check", R"({
    "email":"jean.dupont@gmial.com","phone":"06 12 34 56 78","givenName":"Jean","familyName":"Dupont","company":"",
    "postalAddress":{"addressLines":["12 rue de la Paix"],"postalCode":"75002","locality":"Paris","regionCode":"FR"},
    "birthDate":"1980-02-29","defaultRegion":"FR","languageCode":"fr","form":"newsletter","budget":"0.800s","depth":"FAST"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const json check = answer.Json();
  EXPECT_EQ(check["decision"], "SUGGEST");
  ASSERT_EQ(check["findings"].size(), 1u) << check["findings"];
  EXPECT_EQ(check["findings"][0], (json{{"field", "email"},
                                        {"severity", "WARNING"},
                                        {"reason", "DOMAIN_TYPO"},
                                        {"message", "Vouliez-vous dire jean.dupont@gmail.com ?"},
                                        {"suggestion", "jean.dupont@gmail.com"}}));
  EXPECT_EQ(check["phone"]["e164"], "+33612345678");
  EXPECT_EQ(check["phone"]["status"], "VALID");
  EXPECT_EQ(check["email"]["didYouMean"]["email"], "jean.dupont@gmail.com");
  EXPECT_EQ(check["matches"], json::array());
  EXPECT_EQ(check["incomplete"], json::array());
  EXPECT_EQ(check["normalized"]["phone"], "+33612345678");
  EXPECT_THAT(check["elapsed"].get<std::string>(), HasSubstr("s"));
  bool department = false;
  for (const json& completion : check["completions"]) {
    department |= completion["field"] == "postalAddress.departmentCode" && completion["value"] == "75" &&
                  completion["source"] == "fr-communes";
  }
  EXPECT_TRUE(department) << check["completions"];
}

TEST_P(Capture, TheSameThroughTheGrpcDoor) {
  const Suite::CliAnswer answer = TheSuite().Grpc(
      "limpid.gateway.v1.CaptureService/Check",
      {{"email", "jean.dupont@gmial.com"}, {"phone", "06 12 34 56 78"}, {"defaultRegion", "FR"}});
  ASSERT_EQ(answer.status, 0) << answer.errors;
  EXPECT_EQ(answer.Json()["decision"], "SUGGEST");
  EXPECT_EQ(answer.Json()["email"]["didYouMean"]["email"], "jean.dupont@gmail.com");
  EXPECT_EQ(answer.Json()["phone"]["e164"], "+33612345678");
}

TEST_P(Capture, SubmittedTwiceUnderOneKeyItMakesOneContact) {
  const json person = Person("marie.twice@orange.fr", "06 20 00 00 11", "Marie");
  const json first = Submit(person, "twice");
  const json second = Submit(person, "twice");
  EXPECT_EQ(first["outcome"], "CREATED");
  EXPECT_EQ(second, first);
  EXPECT_EQ(
      TheSuite().Get("/v1/contacts?filter=email%3D%22marie.twice%40orange.fr%22").Json()["contacts"].size(),
      1u);
}

TEST_P(Capture, SubmittedManyTimesAtOnceUnderOneKeyItMakesOneContactAndOneAnswer) {
  const json person = Person("marie.at.once@orange.fr", "06 20 00 00 38", "Marie");
  std::vector<json> answers(8);
  {
    std::vector<std::jthread> callers;
    for (json& answer : answers) callers.emplace_back([&] { answer = Submit(person, "at once"); });
  }
  EXPECT_EQ(answers.front()["outcome"], "CREATED");
  EXPECT_THAT(answers, Each(answers.front()));
  const json known = TheSuite().Get("/v1/contacts?filter=email%3D%22marie.at.once%40orange.fr%22").Json();
  EXPECT_EQ(known["contacts"].size(), 1u);
}

TEST_P(Capture, HttpAndGrpcUnderOneKeyCountAsOne) {
  const json person = Person("paul.doors@orange.fr", "06 20 00 00 12", "Paul");
  const json by_http = Submit(person, "doors");
  const Suite::CliAnswer by_grpc = TheSuite().Cli(
      {"call", "limpid.gateway.v1.CaptureService/Submit", person.dump(), "--idempotency-key", "doors"});
  ASSERT_EQ(by_grpc.status, 0) << by_grpc.errors;
  EXPECT_EQ(by_grpc.Json(), by_http);
}

TEST_P(Capture, AKeyUsedForAnotherRequestIsRefused) {
  Submit(Person("lea.reuse@orange.fr", "06 20 00 00 13", "Léa"), "reuse");
  const HttpAnswer answer =
      TheSuite().Post("/v1/capture:submit", Person("lea.reuse@orange.fr", "06 20 00 00 14", "Léa"),
                      {{"Idempotency-Key", "reuse"}});
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.Json()["reason"], "IDEMPOTENCY_KEY_REUSED");
}

TEST_P(Capture, TheSamePersonWithAnotherSpellingOfThePhoneIsUpdated) {
  EXPECT_EQ(Submit(Person("luc.spelling@orange.fr", "06 20 00 00 15", "Luc"))["outcome"], "CREATED");
  const json second = Submit(Person("Luc.Spelling@ORANGE.fr", "+33 (0)6.20.00.00.15", "Luc"));
  EXPECT_EQ(second["outcome"], "UPDATED");
  EXPECT_EQ(second["contact"]["phones"].size(), 1u) << second["contact"];
}

TEST_P(Capture, TheSameEmailWithAnotherFirstNameIsHeld) {
  EXPECT_EQ(Submit(Person("famille.held@orange.fr", "06 20 00 00 16", "Jean"))["outcome"], "CREATED");
  const json held = Submit(Person("famille.held@orange.fr", "06 20 00 00 17", "Marie"));
  EXPECT_EQ(held["decision"], "REVIEW");
  EXPECT_EQ(held["outcome"], "HELD_FOR_REVIEW");
  EXPECT_FALSE(held.contains("contact"));
  const json known = TheSuite().Get("/v1/contacts?filter=email%3D%22famille.held%40orange.fr%22").Json();
  ASSERT_EQ(known["contacts"].size(), 1u);
  EXPECT_EQ(known["contacts"][0]["phones"].size(), 1u);
  EXPECT_GE(TheSuite().Get("/v1/heldCaptures").Json()["heldCaptures"].size(), 1u);
}

TEST_P(Capture, WhoIsKnownStandsInTheMatches) {
  Submit(Person("anne.known@orange.fr", "06 20 00 00 18", "Anne"));
  const json check =
      TheSuite().Post("/v1/capture:check", Person("anne.known@orange.fr", "06 20 00 00 18", "Anne")).Json();
  ASSERT_EQ(check["matches"].size(), 1u);
  EXPECT_EQ(check["matches"][0]["decision"], "SAME");
  EXPECT_EQ(check["decision"], "ACCEPT");
}

TEST_P(Capture, ARejectedAddressIsNeverStored) {
  json person = Person("nobody@@nowhere", "06 20 00 00 19", "X");
  person["submitAnyway"] = true;
  const json answer = Submit(person);
  EXPECT_EQ(answer["decision"], "REJECT");
  EXPECT_EQ(answer["outcome"], "REFUSED");
  EXPECT_EQ(answer["email"]["status"], "UNDELIVERABLE");
}

TEST_P(Capture, ConsentAndSourceAreKept) {
  json person = Person("zoe.consent@orange.fr", "06 20 00 00 20", "Zoé");
  person["source"] = {{"channel", "web"}, {"campaign", "spring"}};
  person["consents"] =
      json::array({{{"purpose", "newsletter"}, {"channel", "EMAIL"}, {"noticeVersion", "v3"}}});
  const json contact = Submit(person)["contact"];
  EXPECT_EQ(contact["source"]["campaign"], "spring");
  ASSERT_EQ(contact["consents"].size(), 1u) << contact;
  EXPECT_EQ(contact["consents"][0]["noticeVersion"], "v3");
}

TEST_P(Capture, MessagesAreInTheLanguageOfTheCaller) {
  const HttpAnswer answer = TheSuite().Call("POST", "/v1/capture:check", R"({"email":"jean@gmial.com"})",
                                            {{"Accept-Language", "en-GB,en;q=0.9,fr;q=0.5"}});
  EXPECT_EQ(answer.Json()["findings"][0]["message"], "Did you mean jean@gmail.com?");
}

TEST_P(Capture, AnImpossiblyShortBudgetIsAnsweredAndCallsNothingWrong) {
  const HttpAnswer answer =
      TheSuite().Post("/v1/capture:check",
                      {{"email", "jean@gmail.com"}, {"phone", "0612345678"}, {"budget", "0.000000001s"}});
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.Json()["decision"], "ACCEPT");
  EXPECT_EQ(answer.Json()["incomplete"].size(), 4u) << answer.body;
}

TEST_P(Capture, AContactCreatedIsEnrichedByItself) {
  json person = Person("hugo.enriched@orange.fr", "06 20 00 00 21", "Hugo");
  person["postalAddress"] = {{"postalCode", "69003"}, {"locality", "Lyon"}, {"regionCode", "FR"}};
  const std::string name = Submit(person)["contact"]["name"];
  // The watch tells of every change: the enrichment is one of them.
  json contact;
  for (int attempt = 0; attempt < 20'000; ++attempt) {
    contact = TheSuite().Get("/v1/" + name).Json();
    if (contact["postalAddresses"][0]["value"]["departmentCode"] == "69") break;
  }
  EXPECT_EQ(contact["postalAddresses"][0]["value"]["departmentCode"], "69") << contact;
  EXPECT_EQ(contact["postalAddresses"][0]["value"]["locality"], "Lyon");
}

LIMPID_FOR_BOTH_SHAPES(Capture);

}  // namespace
}  // namespace limpid::e2e

// DEEP for phone numbers over HTTP, with a provider that speaks the documented JSON and misbehaves by number.
#include <csignal>
#include <thread>
#include <vector>

#include "libs/base/strings.h"
#include "tests/e2e/metrics_page.h"
#include "tests/e2e/shapes.h"
#include "tests/verify-svc/phone/stub/provider_stub.h"

namespace limpid::e2e {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kSecret[] = "the-token-that-nobody-may-see";

class PhoneNetworks : public ::testing::Test {
 protected:
  PhoneNetworks() { Choose({{"providers", {"smsfactor", "telnyx"}}, {"dailyLookups", 1000}}); }

  void Choose(json phone) {
    const HttpAnswer answer = suite_.Call("PATCH", "/v1/verificationPolicy?updateMask=phone",
                                          json{{"phone", std::move(phone)}}.dump());
    ASSERT_EQ(answer.status, 200) << answer.body;
  }
  json Verify(const std::string& phone, const char* budget = "8s") {
    return suite_.Post("/v1/phones:verify", {{"phone", phone}, {"depth", "DEEP"}, {"budget", budget}}).Json();
  }

  testing::ProviderStub stub_;
  Suite suite_{{.environment = {{"LIMPID_VERIFY_PHONE_SMSFACTOR_URL", stub_.url()},
                                {"LIMPID_VERIFY_PHONE_SMSFACTOR_TOKEN", kSecret},
                                {"LIMPID_VERIFY_PHONE_SMSFACTOR_PRICE", "0.004 EUR"},
                                {"LIMPID_VERIFY_PHONE_SMSFACTOR_TIMEOUT", "1s"},
                                {"LIMPID_VERIFY_PHONE_TELNYX_URL", stub_.url()},
                                {"LIMPID_VERIFY_PHONE_TELNYX_API_KEY", kSecret},
                                {"LIMPID_VERIFY_PHONE_ALLOWED_CIDRS", "127.0.0.0/8"}}}};
};

TEST_F(PhoneNetworks, TellWhetherAPhoneAnswersAndToWhomItBelongs) {
  const json verdict = Verify("06 12 34 56 10");
  EXPECT_EQ(verdict["status"], "VALID") << verdict;
  EXPECT_EQ(verdict["reachability"], "REACHABLE");
  EXPECT_EQ(verdict["ported"], "YES");
  EXPECT_EQ(verdict["roaming"], "NO");
  EXPECT_EQ(verdict["carrierOriginal"]["name"], "Orange");
  EXPECT_EQ(verdict["carrierCurrent"], (json{{"name", "SFR"}, {"mccmnc", "20810"}}));
  EXPECT_EQ(verdict["sources"][0]["name"], "smsfactor");
  EXPECT_EQ(verdict["sources"][0]["cost"], "0.004 EUR");
  EXPECT_EQ(verdict["sources"][0]["cached"], false);
  EXPECT_TRUE(verdict.contains("expireTime"));

  const json again = Verify("+33 6 12 34 56 10");
  EXPECT_EQ(again["reachability"], "REACHABLE");
  EXPECT_EQ(again["sources"][0]["cached"], true);
  EXPECT_EQ(again["sources"][0]["cost"], "");
  EXPECT_EQ(stub_.calls(), 1) << "was paid twice";
}

TEST_F(PhoneNetworks, MakeAVerdictWorseForOneFindingOnly) {
  EXPECT_EQ(Verify("0612345601")["status"], "VALID");
  EXPECT_EQ(Verify("0612345601")["reachability"], "ABSENT");
  const json gone = Verify("0612345602");
  EXPECT_EQ(gone["status"], "RISKY");
  EXPECT_EQ(gone["reachability"], "UNASSIGNED");
  EXPECT_THAT(gone["reasons"], ElementsAre("UNASSIGNED"));
  EXPECT_EQ(gone["e164"], "+33612345602");
}

TEST_F(PhoneNetworks, AreAskedInTurnWhenOneFails) {
  // SMSFactor answers 500, and so would Telnyx; the reason is the first one's.
  const json failed = Verify("0612345682");
  EXPECT_EQ(failed["status"], "VALID");
  EXPECT_EQ(failed["reachability"], "UNKNOWN");
  EXPECT_THAT(failed["reasons"], ElementsAre("PROVIDER_BUSY"));
  EXPECT_EQ(stub_.asked("33612345682"), 2);
  // Left out of SMSFactor's answer, known to Telnyx.
  const json left_out = Verify("0612345691");
  EXPECT_EQ(left_out["sources"][0]["name"], "telnyx");
  EXPECT_EQ(left_out["reachability"], "NOT_CHECKED");
}

TEST_F(PhoneNetworks, CostACallerItsBudgetAndNoMore) {
  const json verdict = Verify("0612345683", "0.200s");
  EXPECT_EQ(verdict["status"], "VALID") << verdict;
  EXPECT_EQ(verdict["reachability"], "UNKNOWN");
  EXPECT_THAT(verdict["reasons"], ElementsAre("PROVIDER_TIMEOUT"));
}

TEST_F(PhoneNetworks, AreAskedOnceForTwoHundredForms) {
  stub_.Pause();
  std::vector<std::thread> threads;
  std::vector<std::string> answers(200);
  for (std::size_t thread = 0; thread < 20; ++thread) {
    threads.emplace_back([&, thread] {
      // Twenty at once, while the provider takes its time; the others after it has answered.
      for (std::size_t i = 0; i < 10; ++i) {
        answers[thread * 10 + i] = Verify("0612345620", "30s").value("reachability", "none");
      }
    });
  }
  stub_.AwaitCalls(1);
  stub_.Resume();
  for (std::thread& thread : threads) thread.join();
  for (const std::string& answer : answers) EXPECT_EQ(answer, "REACHABLE");
  EXPECT_EQ(stub_.asked("33612345620"), 1);
}

TEST_F(PhoneNetworks, AreAskedForAForm) {
  const auto check = [&](const char* phone) {
    return suite_.Post("/v1/capture:check", {{"phone", phone}, {"depth", "DEEP"}, {"budget", "2s"}}).Json();
  };
  const json known = check("06 12 34 56 10");
  EXPECT_EQ(known["phone"]["reachability"], "REACHABLE") << known;
  EXPECT_EQ(known["decision"], "ACCEPT");
  EXPECT_EQ(known["incomplete"], json::array());
  const json gone = check("06 12 34 56 02");
  EXPECT_EQ(gone["decision"], "REVIEW") << "operators err: " << gone;
  EXPECT_EQ(gone["findings"][0]["reason"], "UNASSIGNED");
  // A provider that fails rejects nobody, and is named.
  const json failed = check("06 12 34 56 82");
  EXPECT_EQ(failed["decision"], "ACCEPT") << failed;
  EXPECT_EQ(failed["incomplete"],
            json::array({{{"part", "PHONE_NETWORK"}, {"reason", "SERVICE_UNAVAILABLE"}}}));
}

TEST_F(PhoneNetworks, AreNotAskedWhereTheTenantDoesNotAllow) {
  Choose({{"providers", {"smsfactor"}}, {"dailyLookups", 2}, {"deniedRegions", {"DE"}}});
  const json denied = Verify("+49 1512 3456700");
  EXPECT_EQ(denied["reachability"], "NOT_CHECKED");
  EXPECT_THAT(denied["reasons"], ElementsAre("COUNTRY_NOT_ALLOWED"));
  EXPECT_EQ(Verify("01 42 68 53 00")["reachability"], "NOT_CHECKED") << "a landline";
  EXPECT_EQ(stub_.calls(), 0);

  EXPECT_EQ(Verify("0612345630")["reachability"], "REACHABLE");
  EXPECT_EQ(Verify("0612345631")["reachability"], "REACHABLE");
  const json spent = Verify("0612345632");
  EXPECT_EQ(spent["reachability"], "UNKNOWN");
  EXPECT_THAT(spent["reasons"], ElementsAre("BUDGET_SPENT"));
  EXPECT_EQ(stub_.calls(), 2);
}

TEST_F(PhoneNetworks, KeepBudgetAndAnswersOverARestart) {
  Choose({{"providers", {"smsfactor"}}, {"dailyLookups", 2}});
  Verify("0612345640");
  Verify("0612345641");
  suite_.Program("limpid").Signal(SIGTERM);
  EXPECT_EQ(suite_.Program("limpid").Wait(), 0);
  suite_.Restart("limpid");
  EXPECT_EQ(Verify("0612345640")["reachability"], "REACHABLE") << "was paid for before";
  EXPECT_THAT(Verify("0612345642")["reasons"], ElementsAre("BUDGET_SPENT"));
  EXPECT_EQ(stub_.calls(), 2);
}

TEST_F(PhoneNetworks, AnswerABatchTogether) {
  json requests = json::array();
  for (int i = 0; i < 60; ++i) {
    requests.push_back(
        {{"id", std::to_string(i)}, {"phone", StrCat("06123457", 10 + i % 30)}, {"depth", "DEEP"}});
  }
  const json answer = suite_.Post("/v1/phones:batchVerify", {{"requests", requests}}).Json();
  ASSERT_EQ(answer["verdicts"].size(), 60U) << answer;
  for (int i = 0; i < 60; ++i) {
    EXPECT_EQ(answer["verdicts"][i]["id"], std::to_string(i));
    EXPECT_EQ(answer["verdicts"][i]["e164"], StrCat("+336123457", 10 + i % 30));
    EXPECT_EQ(answer["verdicts"][i]["reachability"], "REACHABLE");
  }
  EXPECT_EQ(stub_.calls(), 1) << "thirty numbers fit into one question";
}

TEST_F(PhoneNetworks, AreRememberedUntilTheNumberIsForgotten) {
  Verify("0612345610");
  const json phone = {{"phone", "06 12 34 56 10"}};
  json history;
  // Nobody waits for the disk to tell a verdict.
  do {
    history = suite_.Post("/v1/phones:listHistory", phone).Json();
    ASSERT_TRUE(history.contains("entries")) << history;
  } while (history["entries"].empty());
  EXPECT_EQ(history["entries"][0]["carrierCurrent"]["name"], "SFR");
  EXPECT_EQ(history["entries"][0]["ported"], "YES");
  EXPECT_EQ(suite_.Post("/v1/phones:forget", phone).status, 200);
  EXPECT_EQ(suite_.Post("/v1/phones:listHistory", phone).Json()["entries"], json::array());
  Verify("0612345610");
  EXPECT_EQ(stub_.asked("33612345610"), 2) << "nothing of it was left in the cache";
  EXPECT_EQ(suite_.Post("/v1/phones:forget", {{"phone", "nonsense"}}).status, 400);
}

TEST_F(PhoneNetworks, ReportOnlyWithATokenOfOurs) {
  // Without a key, as a provider comes; nobody may learn more from it than that there is nothing.
  for (const char* path : {"/v1/phoneReports/none.1.infobip.YQ.none", "/v1/phoneReports/nonsense"}) {
    const HttpAnswer answer = suite_.Call("POST", path, R"({"results":[]})", {{"Authorization", ""}});
    EXPECT_EQ(answer.status, 404) << answer.body;
  }
  const HttpAnswer answer =
      suite_.Call("GET", "/v1/phoneReports?id=1&msisdn=33612345600&reference=none&status=active", "",
                  {{"Authorization", ""}});
  EXPECT_EQ(answer.status, 404) << answer.body;
}

TEST_F(PhoneNetworks, ShowNoSecretAndNoNumber) {
  Verify("0612345690");
  EXPECT_THAT(suite_.Logs(), Not(HasSubstr(kSecret)));
  EXPECT_THAT(suite_.Logs(), Not(HasSubstr("612345690")));
}

}  // namespace
}  // namespace limpid::e2e

// What the suite answers while a part of it is dead, frozen, late or leaving.
#include <array>
#include <atomic>
#include <numeric>
#include <thread>

#include <gmock/gmock.h>
#include <signal.h>

#include "libs/base/strings.h"
#include "libs/testing/postgres.h"
#include "libs/testing/redis_server.h"
#include "tests/e2e/suite.h"

namespace limpid::e2e {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// With time enough on a machine that is busy: what is missing in an answer is missing by the fault.
const json kPerson = {
    {"email", "jean@gmail.com"}, {"phone", "06 20 30 40 50"}, {"givenName", "Jean"}, {"budget", "10s"}};

std::vector<std::string> Missing(const json& answer) {
  std::vector<std::string> parts;
  for (const json& part : answer["incomplete"]) {
    parts.push_back(StrCat(part["part"].get<std::string>(), " ", part["reason"].get<std::string>()));
  }
  return parts;
}

// Asks until the answer is whole again: services reconnect by themselves.
json CheckUntilWhole(Suite& suite) {
  json answer;
  for (int attempt = 0; attempt < 200; ++attempt) {
    answer = suite.Post("/v1/capture:check", kPerson).Json();
    if (answer["incomplete"].empty()) break;
  }
  return answer;
}

class SuiteFaults : public ::testing::Test {
 protected:
  Suite suite_{{.shape = Shape::kFourProcesses}};
};

TEST_F(SuiteFaults, VerifyDeadIsNamedAndNothingIsCalledWrong) {
  suite_.Program("verify-svc").Signal(SIGKILL);
  suite_.Program("verify-svc").Wait();
  const HttpAnswer answer = suite_.Post("/v1/capture:check", kPerson);
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.Json()["decision"], "ACCEPT");
  EXPECT_THAT(Missing(answer.Json()), Contains(HasSubstr("EMAIL ")));
  EXPECT_THAT(Missing(answer.Json()), Contains(HasSubstr("PHONE ")));
  EXPECT_FALSE(answer.Json().contains("email"));
  suite_.Restart("verify-svc");
  EXPECT_THAT(Missing(CheckUntilWhole(suite_)), IsEmpty());
}

TEST_F(SuiteFaults, VerifyKilledDuringChecksFailsNone) {
  std::atomic<bool> killed = false;
  std::thread killer([&] {
    suite_.Program("verify-svc").Signal(SIGKILL);
    suite_.Program("verify-svc").Wait();
    killed = true;
  });
  for (int after = 0; after < 5;) {
    const HttpAnswer answer = suite_.Post("/v1/capture:check", kPerson);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.Json()["decision"], "ACCEPT") << answer.body;
    if (killed) ++after;
  }
  killer.join();
}

TEST_F(SuiteFaults, ContactsDeadIsNamedAndASubmitAsksToComeBack) {
  suite_.Program("contact-svc").Signal(SIGKILL);
  suite_.Program("contact-svc").Wait();
  const HttpAnswer check = suite_.Post("/v1/capture:check", kPerson);
  EXPECT_EQ(check.status, 200);
  EXPECT_EQ(check.Json()["email"]["status"], "UNKNOWN");
  EXPECT_THAT(Missing(check.Json()), Contains(HasSubstr("MATCHES ")));
  const HttpAnswer submit = suite_.Post("/v1/capture:submit", kPerson);
  EXPECT_EQ(submit.status, 503) << submit.body;
  EXPECT_THAT(submit.headers, Contains(::testing::Key("retry-after")));
}

TEST_F(SuiteFaults, WhatWasAnsweredAsStoredOutlivesKillsOfContacts) {
  constexpr int kCallers = 4;
  constexpr int kKills = 3;
  std::atomic<bool> done = false;
  std::array<std::atomic<int>, kCallers> stored = {};
  const auto total = [&] { return std::accumulate(stored.begin(), stored.end(), 0); };
  const auto person_of = [](int caller, int number) {
    return json{{"email", StrCat("p", caller, ".", number, "@orange.fr")}, {"givenName", "Jean"}};
  };
  std::vector<std::thread> callers;
  for (int caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&, caller] {
      while (!done) {
        const json person = person_of(caller, stored[caller]);
        const HttpAnswer answer = suite_.Post("/v1/capture:submit", person,
                                              {{"Idempotency-Key", person["email"].get<std::string>()}});
        // 503: nobody knows whether it was stored. The same key makes asking again harmless.
        EXPECT_TRUE(answer.status == 200 || answer.status == 503) << answer.body;
        if (answer.status == 200) ++stored[caller];
      }
    });
  }
  for (int kill = 0; kill < kKills; ++kill) {
    const int before = total();
    while (total() < before + 20) std::this_thread::yield();
    suite_.Program("contact-svc").Signal(SIGKILL);
    suite_.Program("contact-svc").Wait();
    suite_.Restart("contact-svc");
  }
  done = true;
  for (std::thread& caller : callers) caller.join();
  CheckUntilWhole(suite_);
  for (int caller = 0; caller < kCallers; ++caller) {
    for (int number = 0; number < stored[caller]; ++number) {
      const json found = suite_.Post("/v1/contacts:findMatches", person_of(caller, number)).Json();
      EXPECT_EQ(found["matches"].size(), 1u) << caller << "." << number;
    }
  }
}

TEST_F(SuiteFaults, AFrozenServiceCostsTheBudgetAndNoMore) {
  suite_.Program("verify-svc").Signal(SIGSTOP);
  json quick = kPerson;
  quick["budget"] = "0.030s";
  const HttpAnswer answer = suite_.Post("/v1/capture:check", quick);
  suite_.Program("verify-svc").Signal(SIGCONT);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Json()["decision"], "ACCEPT");
  EXPECT_THAT(Missing(answer.Json()), Contains("EMAIL BUDGET_SPENT"));
  EXPECT_THAT(Missing(CheckUntilWhole(suite_)), IsEmpty());
}

TEST_F(SuiteFaults, AllFrozenThirtyMillisecondsStillAnswer) {
  for (const char* name : {"verify-svc", "contact-svc", "enrich-svc"}) suite_.Program(name).Signal(SIGSTOP);
  json quick = kPerson;
  quick["budget"] = "0.030s";
  const HttpAnswer answer = suite_.Post("/v1/capture:check", quick);
  for (const char* name : {"verify-svc", "contact-svc", "enrich-svc"}) suite_.Program(name).Signal(SIGCONT);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Json()["decision"], "ACCEPT");
  EXPECT_EQ(answer.Json()["incomplete"].size(), 4u) << answer.body;
}

TEST(RedisFaults, KilledAndFrozenItCostsSpeedAlone) {
  auto redis = limpid::testing::RedisServer::Start();
  ASSERT_TRUE(redis.ok()) << redis.status();
  Suite suite({.shape = Shape::kFourProcesses,
               .environment = {{"LIMPID_REDIS_URL", StrCat("redis://127.0.0.1:", (*redis)->port(), "/0")}}});
  EXPECT_THAT(Missing(CheckUntilWhole(suite)), IsEmpty());
  (*redis)->Freeze();
  for (int i = 0; i < 20; ++i) {
    const HttpAnswer answer = suite.Post("/v1/capture:check", kPerson);
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(Missing(answer.Json()), IsEmpty());
  }
  (*redis)->Thaw();
  (*redis)->Kill();
  for (int i = 0; i < 20; ++i) {
    const HttpAnswer answer = suite.Post("/v1/capture:check", kPerson);
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(Missing(answer.Json()), IsEmpty());
  }
}

// Callers in a loop until the door is shut; what was accepted must be answered.
struct Load {
  explicit Load(Suite& suite, int callers = 4) {
    for (int i = 0; i < callers; ++i) {
      threads.emplace_back([this, &suite] {
        while (!done) {
          HttpAnswer answer = suite.Post("/v1/capture:check", kPerson);
          if (answer.refused) break;
          ++(answer.status == 200 ? answered : failed);
          if (answer.status == 200 && !answer.Json()["incomplete"].empty()) ++incomplete;
          // The door is about to shut, and says so: who goes on knocking meets a closing listener.
          if (answer.headers["connection"] == "close") break;
        }
      });
    }
  }
  void WaitFor(int count) {
    while (answered < count && failed == 0) std::this_thread::yield();
  }
  void Join() {
    done = true;
    for (std::thread& thread : threads) thread.join();
  }
  std::atomic<bool> done = false;
  std::atomic<int> answered = 0;
  std::atomic<int> failed = 0;
  std::atomic<int> incomplete = 0;
  std::vector<std::thread> threads;
};

TEST(Shutdown, SigtermUnderLoadFailsNoAcceptedCall) {
  for (const Shape shape : {Shape::kOneProcess, Shape::kFourProcesses}) {
    Suite suite({.shape = shape, .environment = {{"LIMPID_DRAIN_WAIT", "1s"}}});
    Load load(suite);
    load.WaitFor(50);
    testing::Process& gateway = suite.Program(shape == Shape::kOneProcess ? "limpid" : "gateway");
    gateway.Signal(SIGTERM);
    EXPECT_EQ(gateway.Wait(), 0) << gateway.Output();
    load.Join();
    EXPECT_EQ(load.failed, 0);
    EXPECT_TRUE(suite.Stop());
  }
}

TEST(Shutdown, OneOfTwoReplicasLeavesAndNoCallNotices) {
  auto postgres = limpid::testing::PostgresServer::Start();
  ASSERT_TRUE(postgres.ok()) << postgres.status();
  Suite suite({.shape = Shape::kFourProcesses,
               .environment = {{"LIMPID_DRAIN_WAIT", "1s"}, {"LIMPID_DATABASE_URL", (*postgres)->url()}},
               .replicas_of_verify = 2});
  EXPECT_THAT(Missing(CheckUntilWhole(suite)), IsEmpty());
  Load load(suite);
  load.WaitFor(50);
  suite.Program("verify-svc").Signal(SIGTERM);
  EXPECT_EQ(suite.Program("verify-svc").Wait(), 0);
  load.WaitFor(load.answered + 200);
  load.Join();
  EXPECT_EQ(load.failed, 0);
  EXPECT_EQ(load.incomplete, 0);
}

}  // namespace
}  // namespace limpid::e2e

// All layers as the service builds them, over a real Redis, a database on disk and the stub of the providers.
#include "verify-svc/phone/network.h"

#include <map>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/quality/reasons.h"
#include "libs/redis/backend.h"
#include "libs/sql/migration.h"
#include "libs/testing/database.h"
#include "libs/testing/redis_server.h"
#include "tests/verify-svc/phone/answers.h"
#include "tests/verify-svc/phone/fakes.h"
#include "tests/verify-svc/phone/questions.h"
#include "tests/verify-svc/phone/stub/provider_stub.h"
#include "verify-svc/settings.h"
#include "verify-svc/storage/schema.h"
#include "verify-svc/storage/sql_lookup_budget.h"
#include "verify-svc/storage/sql_number_history.h"
#include "verify-svc/storage/sql_used_tokens.h"

namespace limpid::verify {
namespace {

using limpid::testing::ProviderStub;
using limpid::testing::RedisServer;
using quality::Reachability;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PhoneNetworkTest : public ::testing::Test {
 protected:
  PhoneNetworkTest() {
    EXPECT_TRUE(sql::Migrate(*database_, Call(), Migrations()).ok());
    cache_ = redis::OpenBackend({.url = "unix:" + redis_->unix_path()}, {}, hasher_, metrics_).value();
  }

  absl::StatusOr<std::unique_ptr<PhoneNetwork>> Build(std::map<std::string, std::string> environment) {
    const auto settings = Settings::Load(
        {.tables = {SettingsTable()}, .services = {"verify"}, .environment = std::move(environment)});
    if (!settings.ok()) return settings.status();
    http::AddressGuard guard;
    guard.allowed = {http::AddressBlock::Parse("127.0.0.0/8").value()};
    return PhoneNetwork::Build(*settings, {.policies = policies_,
                                           .budget = budget_,
                                           .history = history_,
                                           .used_tokens = used_tokens_,
                                           .cache = *cache_.cache,
                                           .hasher = hasher_,
                                           .token_hasher = hasher_,
                                           .metrics = metrics_,
                                           .guard = std::move(guard)});
  }
  std::unique_ptr<PhoneNetwork> SmsFactor() {
    return Build({{"LIMPID_VERIFY_PHONE_SMSFACTOR_URL", stub_.url()},
                  {"LIMPID_VERIFY_PHONE_SMSFACTOR_TOKEN", "token"}})
        .value();
  }
  int Used() {
    int64_t used = 0;
    EXPECT_TRUE(database_
                    ->Read(Call(),
                           [&](sql::Session& session) {
                             const auto rows = session.Query("SELECT used FROM lookup_budgets");
                             if (!rows.ok()) return rows.status();
                             used = rows->empty() ? 0 : rows->front().Int(0);
                             return absl::OkStatus();
                           })
                    .ok());
    return static_cast<int>(used);
  }

  ProviderStub stub_;
  MetricsRegistry metrics_;
  redis::KeyHasher hasher_{"a secret"};
  const std::unique_ptr<RedisServer> redis_ = RedisServer::Start().value();
  redis::Backend cache_;
  const std::unique_ptr<limpid::testing::TestDatabase> place_ = limpid::testing::FreshSqlite();
  const std::unique_ptr<sql::Database> database_ =
      sql::Database::Open(place_->url(), {.schema = place_->schema()}).value();
  Executor executor_{{.name = "storage", .max_queue = 2000}};
  const FixedPolicies policies_{{.providers = {"smsfactor", "infobip"}, .daily_lookups = 100}};
  SqlLookupBudget budget_{*database_};
  SqlNumberHistory history_{{}, *database_, executor_, hasher_};
  SqlUsedTokens used_tokens_{*database_};
};

TEST_F(PhoneNetworkTest, MakesOnePaidQuestionOfAThousandAsksAtOnce) {
  const auto network = SmsFactor();
  stub_.Pause();
  Facts facts(1000);
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::size_t i = thread; i < 1000; i += 8) {
        network->lookup().Find(
            Of("acme"), {Mobile("+33612345610")},
            [tell = facts.Teller(), i](std::size_t, NumberFacts told) { tell(i, std::move(told)); });
      }
    });
  }
  stub_.AwaitCalls(1);
  // Some come while the provider is asked, some when it has answered.
  stub_.Resume();
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < 1000; ++i) {
    EXPECT_EQ(facts.At(i).reachability, Reachability::kReachable);
    EXPECT_EQ(facts.At(i).carrier_current, (Carrier{.name = "SFR", .mccmnc = "20810"}));
  }
  EXPECT_EQ(stub_.asked("33612345610"), 1);
  EXPECT_EQ(Used(), 1);
}

TEST_F(PhoneNetworkTest, PaysNothingTwiceWhenTheCacheIsLost) {
  const auto network = SmsFactor();
  EXPECT_EQ(Find(network->lookup(), {Mobile("+33612345600")}, Of("acme")).At(0).reachability,
            Reachability::kReachable);
  // Keep is not waited for: the history shows when it is on disk.
  while (history_.List(Of("acme"), "+33612345600").value().empty()) {
  }
  redis_->Kill();
  const NumberFacts again = Find(network->lookup(), {Mobile("+33612345600")}, Of("acme")).At(0);
  EXPECT_EQ(again.reachability, Reachability::kReachable);
  EXPECT_TRUE(again.sources.at(0).cached);
  EXPECT_EQ(stub_.calls(), 1);
}

TEST_F(PhoneNetworkTest, LetsAHangingQuestionKeepNobodyElseWaiting) {
  const auto network = Build({{"LIMPID_VERIFY_PHONE_INFOBIP_URL", stub_.url()},
                              {"LIMPID_VERIFY_PHONE_INFOBIP_API_KEY", "key"}})
                           .value();
  // One question about two numbers, of which one makes the provider hang.
  const Facts hung = Find(network->lookup(), Mobiles({"+33612345600", "+33612345683"}),
                          Of("acme").Within(absl::Milliseconds(200)));
  EXPECT_THAT(hung.At(0).reasons, ElementsAre(quality::phone_reason::kProviderTimeout));
  // While the first is still under way, others are asked about apart.
  EXPECT_EQ(Find(network->lookup(), {Mobile("+33612345601")}, Of("acme")).At(0).reachability,
            Reachability::kAbsent);
}

TEST_F(PhoneNetworkTest, EndsWhileAProviderHangs) {
  auto network = SmsFactor();
  const Facts facts = Find(network->lookup(), {Mobile("+33612345683")}, Of("acme"));
  stub_.AwaitCalls(1);
  network.reset();
  EXPECT_THAT(facts.At(0).reasons, ElementsAre(quality::phone_reason::kProviderTimeout));
}

TEST_F(PhoneNetworkTest, IsNoneWithoutAnAccount) {
  const auto network = Build({});
  ASSERT_TRUE(network.ok()) << network.status();
  EXPECT_EQ(*network, nullptr);
}

TEST_F(PhoneNetworkTest, NamesTheSettingThatIsWrong) {
  const auto error = [&](std::map<std::string, std::string> environment) {
    return std::string(Build(std::move(environment)).status().message());
  };
  EXPECT_THAT(error({{"LIMPID_VERIFY_PHONE_HLR_LOOKUPS_API_KEY", "key"}}),
              HasSubstr("verify.phone_hlr_lookups_api_secret"));
  EXPECT_THAT(error({{"LIMPID_VERIFY_PHONE_GENERIC_FACTS", "reachability=/x"}}),
              HasSubstr("verify.phone_generic_url"));
  EXPECT_THAT(error({{"LIMPID_VERIFY_PHONE_GENERIC_FACTS", "colour=/x"},
                     {"LIMPID_VERIFY_PHONE_GENERIC_URL", "http://x/"}}),
              HasSubstr("colour"));
  EXPECT_THAT(error({{"LIMPID_VERIFY_PHONE_MESSAGEBIRD_ACCESS_KEY", "key"}}),
              HasSubstr("verify.phone_reports_url"));
  const std::string vonage = error({{"LIMPID_VERIFY_PHONE_VONAGE_APPLICATION_ID", "app"},
                                    {"LIMPID_VERIFY_PHONE_VONAGE_PRIVATE_KEY", "a wrong secret"}});
  EXPECT_THAT(vonage, HasSubstr("verify.phone_vonage"));
  EXPECT_THAT(vonage, ::testing::Not(HasSubstr("a wrong secret")));
}

}  // namespace
}  // namespace limpid::verify

#include <future>
#include <string>

#include "libs/quality/reasons.h"
#include "libs/testing/fake_clock.h"
#include "tests/verify-svc/storage/suite/fixture.h"
#include "verify-svc/storage/sql_number_history.h"

namespace limpid::verify {
namespace {

using quality::Assumption;
using quality::Reachability;

constexpr char kNumber[] = "+33612345678";

class NumberHistoryStorage : public StorageTest {
 protected:
  NumberFacts FactsOf(const char* carrier, Assumption ported = Assumption::kNo) const {
    NumberFacts facts;
    facts.reachability = Reachability::kReachable;
    facts.ported = ported;
    facts.carrier_current = Carrier{.name = carrier, .mccmnc = "20801"};
    facts.sources = {{.name = "smsfactor", .as_of = clock_.Now(), .cost = "0.004 EUR"}};
    SetExpiry(facts, clock_.Now(), {});
    return facts;
  }
  static Call Of(const char* tenant) {
    Call call;
    call.tenant = TenantId(tenant);
    return call;
  }
  void Keep(const NumberFacts& facts, const char* tenant = "acme") {
    history_.Keep(Of(tenant), {{kNumber, facts}});
    AwaitOnDisk(tenant);
  }
  // Nobody waits for a Keep, so the test looks until it can be seen.
  void AwaitOnDisk(const char* tenant) {
    bool there = false;
    while (!there) {
      const absl::Status status = database_->Read(Call(), [&](sql::Session& session) {
        const auto rows = session.Query("SELECT 1 FROM number_history WHERE tenant = ? AND seen_time = ?",
                                        tenant, clock_.Now());
        there = rows.ok() && !rows->empty();
        return rows.status();
      });
      ASSERT_TRUE(status.ok()) << status;
    }
  }
  std::optional<NumberFacts> Recall(const char* tenant = "acme") {
    std::promise<std::vector<std::optional<NumberFacts>>> known;
    history_.Recall(
        Of(tenant), {"+33600000000", kNumber},
        [&](std::vector<std::optional<NumberFacts>> facts) { known.set_value(std::move(facts)); });
    auto facts = known.get_future().get();
    EXPECT_EQ(facts.size(), 2U);
    EXPECT_FALSE(facts.at(0).has_value());
    return facts.at(1);
  }

  testing::FakeClock clock_;
  Executor executor_{{.name = "test"}};
  redis::KeyHasher hasher_{"a secret"};
  SqlNumberHistory history_{{.retention = absl::Hours(48)}, *database_, executor_, hasher_, clock_};
};

TEST_F(NumberHistoryStorage, KnowsWhatWasLearnedLast) {
  EXPECT_FALSE(Recall().has_value());
  Keep(FactsOf("Orange"));
  NumberFacts wanted = FactsOf("Orange");
  wanted.sources[0].cached = true;
  wanted.sources[0].cost.clear();
  EXPECT_EQ(Recall(), wanted);
}

TEST_F(NumberHistoryStorage, KeepsAnEntryForEachNetworkThatANumberWasCarriedTo) {
  Keep(FactsOf("Orange"));
  clock_.Advance(absl::Hours(1));
  Keep(FactsOf("Orange"));
  clock_.Advance(absl::Hours(1));
  Keep(FactsOf("SFR", Assumption::kYes));
  const auto entries = history_.List(Of("acme"), kNumber);
  ASSERT_TRUE(entries.ok()) << entries.status();
  ASSERT_EQ(entries->size(), 2U);
  EXPECT_EQ(entries->at(0).facts.carrier_current.value().name, "SFR");
  EXPECT_EQ(entries->at(1).facts.carrier_current.value().name, "Orange");
  EXPECT_EQ(entries->at(1).seen_time - entries->at(1).since_time, absl::Hours(1));
  EXPECT_EQ(entries->at(0).since_time, clock_.Now());
  EXPECT_EQ(Recall().value().ported, Assumption::kYes);
}

TEST_F(NumberHistoryStorage, IsEachTenantsOwn) {
  Keep(FactsOf("Orange"), "acme");
  EXPECT_FALSE(Recall("other").has_value());
}

TEST_F(NumberHistoryStorage, HoldsNoNumber) {
  Keep(FactsOf("Orange"));
  std::string everything;
  ASSERT_TRUE(database_
                  ->Read(Call(),
                         [&](sql::Session& session) {
                           const auto rows = session.Query("SELECT number, record FROM number_history");
                           if (!rows.ok()) return rows.status();
                           for (const sql::Row row : *rows)
                             everything.append(row.Text(0)).append(row.Text(1));
                           return absl::OkStatus();
                         })
                  .ok());
  EXPECT_THAT(everything, ::testing::HasSubstr("Orange"));
  EXPECT_THAT(everything, ::testing::Not(::testing::HasSubstr("612345678")));
}

TEST_F(NumberHistoryStorage, ForgetsANumberForOneTenant) {
  Keep(FactsOf("Orange"), "acme");
  Keep(FactsOf("Orange"), "other");
  EXPECT_TRUE(history_.Erase(Of("acme"), kNumber).ok());
  EXPECT_FALSE(Recall("acme").has_value());
  EXPECT_TRUE(Recall("other").has_value());
}

TEST_F(NumberHistoryStorage, ForgetsWhatNobodyAskedForInTheRetention) {
  Keep(FactsOf("Orange"), "acme");
  clock_.Advance(absl::Hours(49));
  Keep(FactsOf("Orange"), "other");
  EXPECT_FALSE(Recall("acme").has_value());
}

TEST_F(NumberHistoryStorage, RemembersThatNobodyCoversANetwork) {
  NumberFacts facts;
  facts.reachability = Reachability::kUnknown;
  AddReason(facts, quality::phone_reason::kNoCoverage);
  SetExpiry(facts, clock_.Now(), {});
  Keep(facts);
  EXPECT_THAT(Recall().value().reasons, ::testing::ElementsAre(quality::phone_reason::kNoCoverage));
}

}  // namespace
}  // namespace limpid::verify

#include <memory>
#include <set>
#include <string>

#include <gmock/gmock.h>

#include "enrich-svc/app/manage_scenarios.h"
#include "enrich-svc/app/page.h"
#include "enrich-svc/app/read_runs.h"
#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "libs/testing/fake_clock.h"
#include "tests/enrich-svc/storage/suite/fixture.h"

// Use cases over the real store.
namespace limpid::enrich {
namespace {

using ::testing::ElementsAre;

class ReadRunsTest : public StorageTest {};

TEST_F(ReadRunsTest, PagesHoldEachRunOnceTheNewestFirst) {
  std::vector<enrich::Run> recorded;
  for (int i = 0; i < 5; ++i) recorded.push_back(NewRun(StrCat("e", i, "-x"), "c1", absl::Seconds(i / 2)));
  Record(recorded);
  const ReadRuns read(*runs_);
  std::vector<std::string> seen;
  std::string token;
  do {
    const auto page = read.List(call_, "contact = \"contacts/c1\"", 2, token);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const enrich::Run& run : page->runs) seen.push_back(run.id.value());
    token = page->next_page_token;
  } while (!token.empty());
  EXPECT_THAT(seen, ElementsAre("e4-x", "e3-x", "e2-x", "e1-x", "e0-x"));
}

TEST_F(ReadRunsTest, ATokenServesItsFilterAlone) {
  Record({NewRun("e1-x"), NewRun("e2-x")});
  const ReadRuns read(*runs_);
  const auto page = read.List(call_, "", 1, "");
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(read.List(call_, "state = \"FAILED\"", 1, page->next_page_token).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(read.List(call_, "", 1, MakePageToken("runs ", "no position")).status().code(),
            absl::StatusCode::kInvalidArgument);
}

class ManageScenariosTest : public StorageTest {
 protected:
  limpid::testing::FakeClock clock_;
  ManageScenarios manage_{*scenarios_, clock_};
  const ScenarioId fill_{"fill-empty-on-create"};
};

TEST_F(ManageScenariosTest, EachTenantPausesItsOwn) {
  EXPECT_EQ(manage_.Get(call_, fill_)->state, ScenarioState::kActive);
  EXPECT_EQ(manage_.SetState(call_, fill_, ScenarioState::kPaused)->state, ScenarioState::kPaused);
  EXPECT_EQ(manage_.SetState(call_, fill_, ScenarioState::kPaused)->state, ScenarioState::kPaused) << "again";
  EXPECT_EQ(manage_.Get(call_, fill_)->state, ScenarioState::kPaused);
  Call stranger;
  stranger.tenant = TenantId("globex");
  EXPECT_EQ(manage_.Get(stranger, fill_)->state, ScenarioState::kActive);
  EXPECT_EQ(manage_.SetState(call_, fill_, ScenarioState::kActive)->state, ScenarioState::kActive);
  EXPECT_EQ(manage_.Get(call_, fill_)->state, ScenarioState::kActive);
}

TEST_F(ManageScenariosTest, AnUnknownScenarioIsNotFound) {
  EXPECT_EQ(manage_.Get(call_, ScenarioId("x")).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(manage_.SetState(call_, ScenarioId("x"), ScenarioState::kPaused).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(ManageScenariosTest, ListsThemInTheStateThatWasChosen) {
  ASSERT_TRUE(manage_.SetState(call_, fill_, ScenarioState::kPaused).ok());
  const auto page = manage_.List(call_, 0, "");
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->scenarios.size(), BuiltInScenarios().size());
  EXPECT_EQ(page->scenarios.front().state, ScenarioState::kPaused);
  EXPECT_EQ(page->next_page_token, "");
  EXPECT_EQ(manage_.List(call_, 0, "nonsense").status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace limpid::enrich

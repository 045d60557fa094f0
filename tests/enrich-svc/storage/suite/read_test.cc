#include <string>
#include <vector>

#include "libs/base/strings.h"
#include "tests/enrich-svc/storage/suite/fixture.h"

namespace limpid::enrich {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Reading : public StorageTest {
 protected:
  std::vector<std::string> Listed(const RunFilter& filter = {},
                                  const std::optional<RunPosition>& after = std::nullopt, int limit = 10) {
    const auto runs = runs_->List(call_, filter, after, limit);
    EXPECT_TRUE(runs.ok()) << runs.status();
    std::vector<std::string> ids;
    if (runs.ok()) {
      for (const enrich::Run& run : *runs) ids.push_back(run.id.value());
    }
    return ids;
  }
};

TEST_F(Reading, ARunOfAnotherTenantIsNotThere) {
  Record({NewRun("e1-x")});
  Call stranger;
  stranger.tenant = TenantId("globex");
  EXPECT_EQ(runs_->Get(stranger, RunId("e1-x")).status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(*runs_->List(stranger, {}, std::nullopt, 10), IsEmpty());
}

TEST_F(Reading, TheNewestComesFirstPageByPage) {
  Record({NewRun("e1-x"), NewRun("e3-x", "c1", absl::Seconds(2)), NewRun("e2-x", "c1", absl::Seconds(1)),
          NewRun("e0-x", "c1", absl::Seconds(1))});
  EXPECT_THAT(Listed(), ElementsAre("e3-x", "e2-x", "e0-x", "e1-x"));
  EXPECT_THAT(Listed({}, std::nullopt, 2), ElementsAre("e3-x", "e2-x"));
  EXPECT_THAT(Listed({}, RunPosition{now_ + absl::Seconds(1), RunId("e2-x")}), ElementsAre("e0-x", "e1-x"));
}

TEST_F(Reading, IsFilteredByContactAndState) {
  Record({NewRun("e1-x", "c1"), NewRun("e2-x", "c2")});
  EXPECT_THAT(Listed({.contact = ContactId("c2")}), ElementsAre("e2-x"));
  EXPECT_THAT(Listed({.state = RunState::kSucceeded}), IsEmpty());
  EXPECT_THAT(Listed({.contact = ContactId("c1"), .state = RunState::kPending},
                     RunPosition{now_ + absl::Seconds(1), RunId("z")}),
              ElementsAre("e1-x"));
}

TEST_F(Reading, AScenariosStateIsTheOneChosenLast) {
  EXPECT_THAT(*scenarios_->Choices(call_), IsEmpty());
  const ScenarioId fill("fill-empty-on-create");
  ASSERT_EQ(scenarios_->Choose(call_, {fill, ScenarioState::kActive}, now_), absl::OkStatus());
  ASSERT_EQ(scenarios_->Choose(call_, {fill, ScenarioState::kPaused}, now_), absl::OkStatus());
  const auto choices = scenarios_->Choices(call_);
  ASSERT_EQ(choices->size(), 1U);
  EXPECT_EQ(choices->front().scenario, fill);
  EXPECT_EQ(choices->front().state, ScenarioState::kPaused);
  Call stranger;
  stranger.tenant = TenantId("globex");
  EXPECT_THAT(*scenarios_->Choices(stranger), IsEmpty());
}

}  // namespace
}  // namespace limpid::enrich

#include <optional>

#include "libs/base/error.h"
#include "tests/enrich-svc/storage/suite/fixture.h"

namespace limpid::enrich {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class Watch : public StorageTest {};

TEST_F(Watch, OneReplicaHasTheLeaseUntilItEnds) {
  EXPECT_TRUE(*runs_->TakeWatch(call_, LeaseOf("r1")));
  EXPECT_FALSE(*runs_->TakeWatch(call_, LeaseOf("r2")));
  EXPECT_TRUE(*runs_->TakeWatch(call_, LeaseOf("r1", absl::Seconds(10)))) << "renewed";
  EXPECT_FALSE(*runs_->TakeWatch(call_, LeaseOf("r2", absl::Seconds(20))));
  EXPECT_TRUE(*runs_->TakeWatch(call_, LeaseOf("r2", absl::Seconds(25))));
  EXPECT_FALSE(*runs_->TakeWatch(call_, LeaseOf("r1", absl::Seconds(25))));
}

TEST_F(Watch, ALeaseThatWasGivenBackIsFree) {
  ASSERT_TRUE(*runs_->TakeWatch(call_, LeaseOf("r1")));
  EXPECT_EQ(runs_->ReleaseWatch(call_, "r2"), absl::OkStatus());
  EXPECT_FALSE(*runs_->TakeWatch(call_, LeaseOf("r2"))) << "not r2's to give back";
  EXPECT_EQ(runs_->ReleaseWatch(call_, "r1"), absl::OkStatus());
  EXPECT_TRUE(*runs_->TakeWatch(call_, LeaseOf("r2")));
}

TEST_F(Watch, TheCursorIsStoredWithTheRunsOfItsEvents) {
  EXPECT_EQ(*runs_->Cursor(call_), std::nullopt);
  Record({NewRun("e1-x")}, "17");
  EXPECT_EQ(*runs_->Cursor(call_), "17");
  EXPECT_TRUE(runs_->Get(call_, RunId("e1-x")).ok());
  Record({}, "18");
  EXPECT_EQ(*runs_->Cursor(call_), "18");
}

TEST_F(Watch, WhoLostTheLeaseRecordsNothing) {
  ASSERT_TRUE(*runs_->TakeWatch(call_, LeaseOf("r1")));
  ASSERT_TRUE(*runs_->TakeWatch(call_, LeaseOf("r2", absl::Minutes(1))));
  const std::vector<enrich::Run> runs = {NewRun("e1-x")};
  EXPECT_EQ(runs_->Record(call_, LeaseOf("r1", absl::Minutes(1)), "5", runs).code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(*runs_->Cursor(call_), std::nullopt);
  EXPECT_EQ(runs_->Get(call_, RunId("e1-x")).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(Watch, AnEventThatIsGivenAgainMakesNoSecondRun) {
  Record({NewRun("e1-x")});
  ASSERT_THAT(Lease(), SizeIs(1));
  Record({NewRun("e1-x")});
  EXPECT_THAT(Lease(), IsEmpty());
  EXPECT_EQ(runs_->Get(call_, RunId("e1-x"))->state, RunState::kRunning);
}

TEST_F(Watch, APausedScenarioMakesNoRunInItsTenantAlone) {
  const ScenarioId fill("fill-empty-on-create");
  ASSERT_EQ(scenarios_->Choose(call_, {fill, ScenarioState::kPaused}, now_), absl::OkStatus());
  enrich::Run elsewhere = NewRun("e2-x");
  elsewhere.tenant = TenantId("globex");
  Record({NewRun("e1-x"), elsewhere});
  EXPECT_EQ(runs_->Get(call_, RunId("e1-x")).status().code(), absl::StatusCode::kNotFound);
  const std::vector<enrich::Run> leased = Lease();
  ASSERT_THAT(leased, SizeIs(1));
  EXPECT_EQ(leased.front().tenant, TenantId("globex"));

  ASSERT_EQ(scenarios_->Choose(call_, {fill, ScenarioState::kActive}, now_), absl::OkStatus());
  Record({NewRun("e3-x")});
  EXPECT_TRUE(runs_->Get(call_, RunId("e3-x")).ok());
}

}  // namespace
}  // namespace limpid::enrich

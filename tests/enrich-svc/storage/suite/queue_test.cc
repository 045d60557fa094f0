#include <algorithm>
#include <set>
#include <string>
#include <thread>

#include "libs/base/mutex.h"
#include "libs/base/strings.h"
#include "tests/enrich-svc/storage/suite/fixture.h"

namespace limpid::enrich {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Queue : public StorageTest {
 protected:
  Settlement Ended(const enrich::Run& run, RunState state) {
    return {.tenant = run.tenant,
            .run = run.id,
            .attempt = run.attempts,
            .state = state,
            .end_time = now_ + absl::Seconds(5)};
  }
  absl::Status Settle(const Settlement& settlement) {
    return runs_->Settle(call_, std::span(&settlement, 1));
  }
};

TEST_F(Queue, ARunIsHandedOutOnceUntilItsLeaseEnds) {
  Record({NewRun("e1-x")});
  const std::vector<enrich::Run> first = Lease();
  ASSERT_THAT(first, SizeIs(1));
  enrich::Run expected = NewRun("e1-x");
  expected.state = RunState::kRunning;
  expected.attempts = 1;
  EXPECT_EQ(first.front(), expected);

  EXPECT_THAT(Lease(absl::Seconds(59)), IsEmpty());
  const std::vector<enrich::Run> again = Lease(absl::Seconds(60));
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again.front().attempts, 2);
}

TEST_F(Queue, TheLongestDueComesFirst) {
  Record({NewRun("e1-x"), NewRun("e2-x")});
  for (const enrich::Run& run : Lease()) {
    Settlement later = Ended(run, RunState::kPending);
    later.due_time = now_ + (run.id.value() == "e1-x" ? absl::Seconds(9) : absl::Seconds(3));
    ASSERT_EQ(Settle(later), absl::OkStatus());
  }
  EXPECT_THAT(Lease(absl::Seconds(2)), IsEmpty());
  const std::vector<enrich::Run> due = Lease(absl::Seconds(30), 1);
  ASSERT_THAT(due, SizeIs(1));
  EXPECT_EQ(due.front().id, RunId("e2-x"));
}

TEST_F(Queue, ASettledRunKeepsWhatItDid) {
  Record({NewRun("e1-x")});
  Settlement done = Ended(Lease().front(), RunState::kSucceeded);
  done.filled_fields = {"postalAddress.departmentCode", "company.domain"};
  ASSERT_EQ(Settle(done), absl::OkStatus());
  const auto run = runs_->Get(call_, RunId("e1-x"));
  ASSERT_TRUE(run.ok());
  EXPECT_EQ(run->state, RunState::kSucceeded);
  EXPECT_THAT(run->filled_fields, ElementsAre("postalAddress.departmentCode", "company.domain"));
  EXPECT_EQ(run->end_time, now_ + absl::Seconds(5));
  EXPECT_THAT(Lease(absl::Hours(1)), IsEmpty());
}

TEST_F(Queue, AFailureThatIsTriedAgainKeepsItsReason) {
  Record({NewRun("e1-x")});
  Settlement failed = Ended(Lease().front(), RunState::kPending);
  failed.error_reason = "SERVICE_UNAVAILABLE";
  failed.due_time = now_ + absl::Seconds(2);
  ASSERT_EQ(Settle(failed), absl::OkStatus());
  const auto run = runs_->Get(call_, RunId("e1-x"));
  EXPECT_EQ(run->state, RunState::kPending);
  EXPECT_EQ(run->error_reason, "SERVICE_UNAVAILABLE");
  EXPECT_EQ(run->end_time, std::nullopt);
}

TEST_F(Queue, AnAttemptThatWasOvertakenSettlesNothing) {
  Record({NewRun("e1-x")});
  const enrich::Run slow = Lease().front();
  ASSERT_THAT(Lease(absl::Minutes(2)), SizeIs(1));
  ASSERT_EQ(Settle(Ended(slow, RunState::kFailed)), absl::OkStatus());
  EXPECT_EQ(runs_->Get(call_, RunId("e1-x"))->state, RunState::kRunning);
}

TEST_F(Queue, WorkersShareTheRunsWithoutTakingOneTwice) {
  std::vector<enrich::Run> recorded;
  for (int i = 0; i < 60; ++i) recorded.push_back(NewRun(StrCat("e", i, "-x")));
  Record(recorded);

  Mutex mutex;
  std::multiset<std::string> taken;
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 4; ++worker) {
    workers.emplace_back([&] {
      while (true) {
        const std::vector<enrich::Run> leased = Lease(absl::ZeroDuration(), 3);
        if (leased.empty()) return;
        MutexLock lock(mutex);
        for (const enrich::Run& run : leased) taken.insert(run.id.value());
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  // A worker that skips what another is taking may find nothing and end before all are taken.
  for (const enrich::Run& run : Lease()) taken.insert(run.id.value());
  EXPECT_THAT(taken, SizeIs(60));
  EXPECT_EQ(std::set<std::string>(taken.begin(), taken.end()).size(), 60U);
}

TEST_F(Queue, OnlyWhatEndedLongAgoIsDeleted) {
  Record({NewRun("e1-x"), NewRun("e2-x"), NewRun("e3-x")});
  for (const enrich::Run& run : Lease()) {
    if (run.id.value() == "e3-x") continue;
    Settlement ended = Ended(run, RunState::kSucceeded);
    ended.end_time = now_ + (run.id.value() == "e1-x" ? absl::Hours(1) : absl::Hours(3));
    ASSERT_EQ(Settle(ended), absl::OkStatus());
  }
  EXPECT_EQ(*runs_->DeleteEnded(call_, now_ + absl::Hours(2), 10), 1);
  EXPECT_FALSE(runs_->Get(call_, RunId("e1-x")).ok());
  EXPECT_TRUE(runs_->Get(call_, RunId("e2-x")).ok());
  EXPECT_TRUE(runs_->Get(call_, RunId("e3-x")).ok()) << "it has not ended";
}

}  // namespace
}  // namespace limpid::enrich

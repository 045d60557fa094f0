#include "enrich-svc/jobs/run_worker.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include <gmock/gmock.h>

#include "libs/testing/fake_clock.h"
#include "libs/testing/fixed_random.h"
#include "tests/enrich-svc/app/fake_contacts.h"
#include "tests/enrich-svc/app/fake_provider.h"
#include "tests/enrich-svc/jobs/await.h"
#include "tests/enrich-svc/storage/suite/fixture.h"

namespace limpid::enrich {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RunWorkerTest : public StorageTest {
 protected:
  RunWorkerTest() { contacts_.Put("c1", {.address = {.postal_code = "75002"}}); }

  std::unique_ptr<RunWorker> NewWorker(RunWorker::Options options = {}) {
    return std::make_unique<RunWorker>(options, *runs_, enrich_, metrics_, clock_, random_);
  }
  size_t Work(RunWorker& worker) {
    const auto worked = worker.WorkOnce();
    EXPECT_TRUE(worked.ok()) << worked.status();
    return worked.value_or(0);
  }
  enrich::Run Stored(const std::string& id = "e1-x") { return *runs_->Get(call_, RunId(id)); }

  limpid::testing::FakeClock clock_{now_};
  limpid::testing::FixedRandom random_{1};
  MetricsRegistry metrics_;
  FakeContacts contacts_;
  ProvidersInForce providers_ =
      MakeFakes(FakeProvider("fake", Completions{{Field::kDepartmentCode, "75", "fake", 1}}));
  EnrichContact enrich_{providers_, contacts_};
};

TEST_F(RunWorkerTest, EnrichesTheContactAndSaysWhatItFilled) {
  Record({NewRun("e1-x")});
  const auto worker = NewWorker();
  EXPECT_EQ(Work(*worker), 1U);
  EXPECT_EQ(contacts_.ProfileOf("c1").address.department_code, "75");
  EXPECT_EQ(Stored().state, RunState::kSucceeded);
  EXPECT_THAT(Stored().filled_fields, ElementsAre("postalAddress.departmentCode"));
  EXPECT_EQ(Stored().attempts, 1);
  EXPECT_EQ(Stored().end_time, now_);
  EXPECT_EQ(Work(*worker), 0U);
}

TEST_F(RunWorkerTest, CallsAsAServiceForTheTenantUnderTheRunsId) {
  Record({NewRun("e1-x")});
  Work(*NewWorker());
  ASSERT_FALSE(contacts_.calls().empty());
  const Call call = contacts_.calls().front();
  EXPECT_EQ(call.role, Role::kService);
  EXPECT_EQ(call.tenant, TenantId("acme"));
  EXPECT_EQ(call.request_id, "e1-x");
  EXPECT_LE(call.Remaining(clock_), absl::Seconds(20));
}

TEST_F(RunWorkerTest, AFailureInPassingIsTriedAgainLater) {
  Record({NewRun("e1-x")});
  contacts_.FailNext({Unavailable("contact-svc")});
  const auto worker = NewWorker();
  EXPECT_EQ(Work(*worker), 1U);
  EXPECT_EQ(Stored().state, RunState::kPending);
  EXPECT_EQ(Stored().error_reason, "SERVICE_UNAVAILABLE");
  EXPECT_EQ(Work(*worker), 0U) << "not due yet";
  clock_.Advance(absl::Seconds(2));
  EXPECT_EQ(Work(*worker), 1U);
  EXPECT_EQ(Stored().state, RunState::kSucceeded);
  EXPECT_EQ(Stored().error_reason, "");
  EXPECT_EQ(Stored().attempts, 2);
}

TEST_F(RunWorkerTest, AContactThatIsGoneFailsAtOnce) {
  Record({NewRun("e1-x", "gone")});
  Work(*NewWorker());
  EXPECT_EQ(Stored().state, RunState::kFailed);
  EXPECT_EQ(Stored().error_reason, "NOT_FOUND");
  EXPECT_EQ(Stored().attempts, 1);
}

TEST_F(RunWorkerTest, GivesUpAfterTheLastAttempt) {
  Record({NewRun("e1-x")});
  const auto worker = NewWorker({.retries = {.max_attempts = 3}});
  for (int attempt = 1; attempt <= 3; ++attempt) {
    contacts_.FailNext({Unavailable("contact-svc")});
    EXPECT_EQ(Work(*worker), 1U) << attempt;
    clock_.Advance(absl::Hours(1));
  }
  EXPECT_EQ(Stored().state, RunState::kFailed);
  EXPECT_EQ(Stored().error_reason, "SERVICE_UNAVAILABLE");
  EXPECT_EQ(Work(*worker), 0U);
}

TEST_F(RunWorkerTest, ARunWhoseWorkersVanishEachTimeIsGivenUpUntouched) {
  Record({NewRun("e1-x")});
  for (int attempt = 1; attempt <= 3; ++attempt) ASSERT_EQ(Lease(attempt * absl::Hours(1)).size(), 1U);
  clock_.Advance(absl::Hours(5));
  Work(*NewWorker({.retries = {.max_attempts = 3}}));
  EXPECT_EQ(Stored().state, RunState::kFailed);
  EXPECT_THAT(contacts_.calls(), IsEmpty());
}

TEST_F(RunWorkerTest, StoppedHalfWayTheContactIsFilledOnce) {
  Record({NewRun("e1-x")});
  // A worker that wrote the contact and vanished before it said so.
  ASSERT_EQ(Lease().size(), 1U);
  enrich_.Run({}, ContactId("c1"), [](auto result) { EXPECT_TRUE(result.ok()); });
  ASSERT_EQ(contacts_.writes(), 1);

  clock_.Advance(absl::Minutes(2));
  EXPECT_EQ(Work(*NewWorker()), 1U);
  EXPECT_EQ(Stored().state, RunState::kSucceeded);
  EXPECT_EQ(contacts_.writes(), 1);
}

TEST_F(RunWorkerTest, AProviderThatIsAwayIsAskedAgainAndWhatWasFilledIsKept) {
  bool away = true;
  providers_ = MakeFakes(FakeProvider("fake", Completions{{Field::kDepartmentCode, "75", "fake", 1}}),
                         FakeProvider("far", [&away](const Call&, const Profile&, Done<Completions> done) {
                           if (away) return done(Unavailable("far"));
                           done(Completions{{Field::kCompanyDomain, "example.com", "far", 1}});
                         }));
  Record({NewRun("e1-x")});
  const auto worker = NewWorker();
  Work(*worker);
  EXPECT_EQ(Stored().state, RunState::kPending);
  EXPECT_THAT(Stored().filled_fields, ElementsAre("postalAddress.departmentCode"));
  away = false;
  clock_.Advance(absl::Seconds(2));
  Work(*worker);
  EXPECT_EQ(Stored().state, RunState::kSucceeded);
  EXPECT_THAT(Stored().filled_fields, ElementsAre("postalAddress.departmentCode", "company.domain"));
}

// contact-svc as it is when it never answers: only the end of the call does.
class SilentContacts final : public Contacts {
 public:
  void Get(const Call& call, const ContactId&, Done<StoredContact> done) override {
    done_ = std::move(done);
    on_stop_.emplace(call.stop, [this] { done_(Cancelled()); });
    ++asked;
  }
  void Fill(const Call&, const StoredContact&, const Completions&, Done<StoredContact> done) override {
    done(Cancelled());
  }
  std::atomic<int> asked = 0;

 private:
  Done<StoredContact> done_;
  std::optional<std::stop_callback<std::function<void()>>> on_stop_;
};

TEST_F(RunWorkerTest, WhatIsUnderWayWhenItStopsIsDueAgainAtOnce) {
  Record({NewRun("e1-x")});
  SilentContacts contacts;
  const EnrichContact enrich(providers_, contacts);
  RunWorker worker({}, *runs_, enrich, metrics_, clock_, random_);
  worker.Start();
  ASSERT_TRUE(Await([&] { return contacts.asked > 0; }));
  worker.Stop();
  EXPECT_EQ(Stored().state, RunState::kPending);
  EXPECT_EQ(Lease().size(), 1U);
}

TEST_F(RunWorkerTest, WorksByItselfOnceItIsWoken) {
  const auto worker = NewWorker({.poll_interval = absl::Hours(1)});
  worker->Start();
  Record({NewRun("e1-x")});
  worker->Wake();
  EXPECT_TRUE(Await([&] { return Stored().state == RunState::kSucceeded; }));
  worker->Stop();
  worker->Stop();
}

TEST_F(RunWorkerTest, RunsThatEndedLongAgoAreDeleted) {
  Record({NewRun("e1-x")});
  Work(*NewWorker());
  clock_.Advance(absl::Hours(25));
  const auto worker = NewWorker({.retention = absl::Hours(24)});
  worker->Start();
  EXPECT_TRUE(Await([&] { return !runs_->Get(call_, RunId("e1-x")).ok(); }));
}

TEST_F(RunWorkerTest, RunsThatEndedLongAgoAreDeletedAlsoWhileThereIsWorkWithoutEnd) {
  Record({NewRun("e1-x")});
  Work(*NewWorker());
  clock_.Advance(absl::Hours(25));
  Record({NewRun("e2-x")});
  providers_ = MakeFakes(FakeProvider("away", Unavailable("away")));
  const auto worker =
      NewWorker({.retention = absl::Hours(24),
                 .retries = {.max_attempts = 1'000'000'000, .first_delay = absl::ZeroDuration()}});
  worker->Start();
  EXPECT_TRUE(Await([&] { return !runs_->Get(call_, RunId("e1-x")).ok(); }));
  worker->Stop();
  EXPECT_EQ(Stored("e2-x").state, RunState::kPending);
}

}  // namespace
}  // namespace limpid::enrich

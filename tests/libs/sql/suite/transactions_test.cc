#include <atomic>
#include <chrono>
#include <latch>
#include <thread>
#include <vector>

#include "libs/base/error.h"
#include "tests/libs/sql/suite/fixture.h"

namespace limpid::sql {
namespace {

class Transactions : public SqlTest {
 protected:
  // A statement that does not end by itself.
  std::string_view Endless() const {
    return OnSqlite()
               ? "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n"
               : "SELECT COUNT(*) FROM generate_series(1, 1000000000000)";
  }
};

TEST_F(Transactions, AFailedWriteLeavesNothing) {
  const absl::Status status = database_->Write(call_, [](Session& session) {
    EXPECT_TRUE(PutIn(session, "a", 1).ok());
    return NotFound("pair", "b");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Count(), 0);
}

TEST_F(Transactions, AnErrorThatTheWorkSwallowsUndoesItAllTheSame) {
  ASSERT_TRUE(Put("a", 1).ok());
  const absl::Status status = database_->Write(call_, [](Session& session) {
    EXPECT_TRUE(PutIn(session, "b", 1).ok());
    EXPECT_FALSE(PutIn(session, "a", 1).ok());
    return absl::OkStatus();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Count(), 1);
}

TEST_F(Transactions, AWriteSeesWhatItWrote) {
  const absl::Status status = database_->Write(call_, [](Session& session) {
    EXPECT_TRUE(PutIn(session, "a", 7).ok());
    EXPECT_EQ(session.Query("SELECT number FROM pairs WHERE name = ?", "a")->front().Int(0), 7);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok());
}

TEST_F(Transactions, AWriteThatAsksNothingIsFine) {
  EXPECT_TRUE(database_->Write(call_, [](Session&) { return absl::OkStatus(); }).ok());
}

TEST_F(Transactions, WhatWasAcknowledgedIsThereAfterReopening) {
  ASSERT_TRUE(Put("a", 1).ok());
  Reopen();
  EXPECT_EQ(Number("SELECT number FROM pairs WHERE name = ?", "a"), 1);
}

TEST_F(Transactions, OneFailureAmongManyAtOnceHurtsNoOther) {
  ASSERT_TRUE(Put("taken", 0).ok());
  constexpr int kWrites = 40;
  std::latch all(kWrites);
  std::atomic<int> written = 0;
  for (int i = 0; i < kWrites; ++i) {
    database_->Write(
        call_,
        [i](Session& session) { return PutIn(session, i % 4 == 0 ? "taken" : "n" + std::to_string(i), i); },
        [&](const absl::Status& status) {
          if (status.ok()) ++written;
          all.count_down();
        });
  }
  all.wait();
  EXPECT_EQ(written, 30);
  EXPECT_EQ(Count(), 31);
}

TEST_F(Transactions, ALockMakesReadingThenWritingSafe) {
  ASSERT_TRUE(Put("counter", 0).ok());
  constexpr int kThreads = 4;
  constexpr int kRounds = 25;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([this] {
        for (int round = 0; round < kRounds; ++round) {
          const absl::Status status = database_->Write(call_, [](Session& session) {
            const std::string_view names[] = {"counter", "another"};
            if (absl::Status locked = session.Lock(names); !locked.ok()) return locked;
            const auto rows = session.Query("SELECT number FROM pairs WHERE name = 'counter'");
            if (!rows.ok()) return rows.status();
            return session.Execute("UPDATE pairs SET number = ?", rows->front().Int(0) + 1).status();
          });
          EXPECT_TRUE(status.ok()) << status;
        }
      });
    }
  }
  EXPECT_EQ(Number("SELECT number FROM pairs"), kThreads * kRounds);
}

TEST_F(Transactions, ACancelledOrExpiredCallIsNotBegun) {
  std::stop_source stop;
  stop.request_stop();
  Call cancelled;
  cancelled.stop = stop.get_token();
  const Call expired = Call().Within(absl::ZeroDuration());
  int begun = 0;
  const auto work = [&](Session&) {
    ++begun;
    return absl::OkStatus();
  };
  EXPECT_EQ(database_->Write(cancelled, work).code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(database_->Read(cancelled, work).code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(database_->Write(expired, work).code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(database_->Read(expired, work).code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(begun, 0);
}

TEST_F(Transactions, TheDeadlineEndsARunningRead) {
  const absl::Status status = database_->Read(call_.Within(absl::Milliseconds(50)), [&](Session& session) {
    return session.Query(Endless()).status();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
  EXPECT_EQ(Count(), 0);
}

TEST_F(Transactions, TheDeadlineEndsARunningWriteAndUndoesIt) {
  const absl::Status status = database_->Write(call_.Within(absl::Milliseconds(50)), [&](Session& session) {
    if (absl::Status put = PutIn(session, "a", 1); !put.ok()) return put;
    return session.Query(Endless()).status();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
  EXPECT_EQ(Count(), 0);
  EXPECT_TRUE(Put("a", 1).ok());
}

TEST_F(Transactions, CancellingEndsARunningRead) {
  std::stop_source stop;
  Call call;
  call.stop = stop.get_token();
  std::latch running(1);
  std::jthread canceller([&] {
    running.wait();
    stop.request_stop();
  });
  const absl::Status status = database_->Read(call, [&](Session& session) {
    running.count_down();
    return session.Query(Endless()).status();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled) << status;
}

TEST_F(Transactions, MoreWaitingWritesThanAllowedAreRefusedAtOnce) {
  Reopen({.max_connections = 1, .max_pending_writes = 1});
  std::latch begun(1);
  std::latch release(1);
  std::latch finished(2);
  const auto finish = [&](const absl::Status& status) {
    EXPECT_TRUE(status.ok()) << status;
    finished.count_down();
  };
  database_->Write(
      call_,
      [&](Session& session) {
        begun.count_down();
        release.wait();
        return PutIn(session, "a", 1);
      },
      finish);
  begun.wait();
  database_->Write(
      call_, [&](Session& session) { return PutIn(session, "b", 1); }, finish);
  absl::Status refused;
  database_->Write(
      call_, [](Session&) { return absl::OkStatus(); },
      [&](absl::Status status) { refused = std::move(status); });
  EXPECT_EQ(ReasonOf(refused), "OVERLOADED");
  EXPECT_GT(DetailsOf(refused).retry_after, absl::ZeroDuration());
  release.count_down();
  finished.wait();
  EXPECT_EQ(Count(), 2);
}

TEST_F(Transactions, AdmittedWritesAreDoneBeforeTheDatabaseCloses) {
  for (int i = 0; i < 20; ++i) {
    database_->Write(
        call_, [i](Session& session) { return PutIn(session, std::to_string(i), i); },
        [](const absl::Status&) {});
  }
  Reopen();
  EXPECT_EQ(Count(), 20);
}

TEST_F(Transactions, ReadersBeyondThePoolWaitForTheirTurn) {
  Reopen({.max_connections = 2});
  std::atomic<int> done = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < 20; ++round) {
          if (database_->Read(call_, [](Session& session) { return session.Query("SELECT 1").status(); })
                  .ok()) {
            ++done;
          }
        }
      });
    }
  }
  EXPECT_EQ(done, 160);
}

TEST_F(Transactions, AReaderWaitsForAConnectionNoLongerThanItsDeadline) {
  Reopen({.max_connections = 1});
  const absl::Status status = database_->Read(call_, [&](Session&) {
    return database_->Read(call_.Within(absl::Milliseconds(20)), [](Session&) { return absl::OkStatus(); });
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(Transactions, FollowersHearOfACommitUntilTheyLeave) {
  std::atomic<int> heard = 0;
  std::latch first(1);
  auto subscription = database_->commits().Subscribe([&] {
    if (++heard == 1) first.count_down();
  });
  ASSERT_TRUE(Put("a", 1).ok());
  first.wait();
  subscription = {};
  const int before = heard;
  ASSERT_TRUE(Put("b", 1).ok());
  EXPECT_EQ(heard, before);
}

}  // namespace
}  // namespace limpid::sql

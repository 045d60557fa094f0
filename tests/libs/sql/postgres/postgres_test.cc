#include "libs/testing/postgres.h"

#include <atomic>
#include <latch>
#include <thread>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/sql/migration.h"
#include "libs/sql/outbox.h"
#include "libs/sql/postgres/error.h"
#include "tests/libs/sql/suite/fixture.h"

namespace limpid::sql {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view kSerializable = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE";

class Postgres : public SqlTest {
 protected:
  std::unique_ptr<Database> Replica(Options options = {}) {
    options.schema = place_->schema();
    auto opened = Database::Open(place_->url(), options);
    EXPECT_TRUE(opened.ok()) << opened.status();
    return *std::move(opened);
  }
};

TEST_F(Postgres, ADeadlockIsResolvedByRunningAgain) {
  ASSERT_TRUE(Put("a", 0).ok());
  ASSERT_TRUE(Put("b", 0).ok());
  std::latch both_hold_one(2);
  const auto update = [&](const char* first, const char* second) {
    bool retried = false;
    return database_->Write(call_, [&, first, second](Session& session) {
      const std::string_view sql = "UPDATE pairs SET number = number + 1 WHERE name = ?";
      if (const auto done = session.Execute(sql, first); !done.ok()) return done.status();
      if (!std::exchange(retried, true)) both_hold_one.arrive_and_wait();
      return session.Execute(sql, second).status();
    });
  };
  absl::Status other;
  std::jthread thread([&] { other = update("b", "a"); });
  EXPECT_EQ(update("a", "b"), absl::OkStatus());
  thread.join();
  EXPECT_EQ(other, absl::OkStatus());
  EXPECT_EQ(Number("SELECT CAST(SUM(number) AS BIGINT) FROM pairs"), 4);
}

TEST_F(Postgres, ASerializationFailureIsResolvedByRunningAgain) {
  ASSERT_TRUE(Put("a", 0).ok());
  ASSERT_TRUE(Put("b", 0).ok());
  std::latch both_have_read(2);
  std::atomic<int> runs = 0;
  // Each writes one row from what it read of the other: one after the other that makes 1 and 2, at once 1
  // and 1.
  const auto write_one_more = [&](const char* to, const char* from) {
    bool again = false;
    return database_->Write(call_, [&, to, from](Session& session) {
      ++runs;
      if (absl::Status set = session.RunScript(kSerializable); !set.ok()) return set;
      const auto rows = session.Query("SELECT number FROM pairs WHERE name = ?", from);
      if (!rows.ok()) return rows.status();
      if (!std::exchange(again, true)) both_have_read.arrive_and_wait();
      return session.Execute("UPDATE pairs SET number = ? WHERE name = ?", rows->front().Int(0) + 1, to)
          .status();
    });
  };
  absl::Status other;
  std::jthread thread([&] { other = write_one_more("b", "a"); });
  EXPECT_EQ(write_one_more("a", "b"), absl::OkStatus());
  thread.join();
  EXPECT_EQ(other, absl::OkStatus());
  EXPECT_EQ(Number("SELECT CAST(SUM(number) AS BIGINT) FROM pairs"), 3);
  EXPECT_GE(runs, 3);
}

TEST_F(Postgres, ManyThatCollideOverOneRowAllGetThrough) {
  ASSERT_TRUE(Put("counter", 0).ok());
  constexpr int kThreads = 6;
  constexpr int kRounds = 10;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([this] {
        for (int round = 0; round < kRounds; ++round) {
          const absl::Status status = database_->Write(call_, [](Session& session) {
            if (absl::Status set = session.RunScript(kSerializable); !set.ok()) return set;
            const auto rows = session.Query("SELECT number FROM pairs");
            if (!rows.ok()) return rows.status();
            return session.Execute("UPDATE pairs SET number = ?", rows->front().Int(0) + 1).status();
          });
          EXPECT_EQ(status, absl::OkStatus());
        }
      });
    }
  }
  EXPECT_EQ(Number("SELECT number FROM pairs"), kThreads * kRounds);
}

// A write that another overtakes each time it runs.
class AnUnluckyWrite : public Postgres {
 protected:
  absl::Status Run(const Call& call, absl::FunctionRef<void()> after_collision) {
    return database_->Write(call, [&](Session& session) {
      ++runs_;
      if (absl::Status set = session.RunScript(kSerializable); !set.ok()) return set;
      if (const auto rows = session.Query("SELECT number FROM pairs"); !rows.ok()) return rows.status();
      EXPECT_EQ(Script("UPDATE pairs SET number = number + 1"), absl::OkStatus());
      EXPECT_FALSE(session.Execute("UPDATE pairs SET number = -1").ok());
      after_collision();
      // What the work makes of the failure does not hide it.
      return NotFound("pair", "a");
    });
  }

  int runs_ = 0;
};

TEST_F(AnUnluckyWrite, IsToldOfTheConflictAfterSomeRepeatsAndHasDoneNothing) {
  ASSERT_TRUE(Put("a", 0).ok());
  const absl::Status status = Run(call_, [] {});
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted) << status;
  EXPECT_EQ(ReasonOf(status), "WRITE_CONFLICT");
  EXPECT_GT(DetailsOf(status).retry_after, absl::ZeroDuration());
  EXPECT_GT(runs_, 2);
  EXPECT_EQ(Number("SELECT number FROM pairs"), runs_);
}

TEST_F(AnUnluckyWrite, IsNotRepeatedForACallerWhoHasGone) {
  ASSERT_TRUE(Put("a", 0).ok());
  std::stop_source stop;
  Call call;
  call.stop = stop.get_token();
  const absl::Status status = Run(call, [&] { stop.request_stop(); });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled) << status;
  EXPECT_EQ(runs_, 1);
}

TEST_F(Postgres, AReadThatCollidedIsRunAgain) {
  int runs = 0;
  const absl::Status status = database_->Read(call_, [&](Session& session) {
    // What a standby answers when it has to replay over a query.
    if (++runs == 1) {
      return session.RunScript("DO $$ BEGIN RAISE EXCEPTION 'replay' USING ERRCODE = '40001'; END $$");
    }
    return session.Query("SELECT 1").status();
  });
  EXPECT_EQ(status, absl::OkStatus());
  EXPECT_EQ(runs, 2);
}

TEST_F(Postgres, AWriteThatWaitedForALockSeesWhatItsHolderWroteWhateverTheServersDefault) {
  const std::string url = place_->url() + "&options=-cdefault_transaction_isolation%3Dserializable";
  auto strict = Database::Open(url, {.schema = place_->schema()});
  ASSERT_TRUE(strict.ok()) << strict.status();
  const std::string_view names[] = {"a"};
  std::latch locked(1);
  int64_t seen = -1;
  std::jthread waiting([&] {
    locked.wait();
    const absl::Status status = (*strict)->Write(call_, [&](Session& session) {
      if (absl::Status lock = session.Lock(names); !lock.ok()) return lock;
      const auto rows = session.Query("SELECT COUNT(*) FROM pairs");
      if (rows.ok()) seen = rows->front().Int(0);
      return rows.status();
    });
    EXPECT_EQ(status, absl::OkStatus());
  });
  const absl::Status status = (*strict)->Write(call_, [&](Session& session) {
    if (absl::Status lock = session.Lock(names); !lock.ok()) return lock;
    locked.count_down();
    // Until the other one waits.
    for (int64_t waiters = 0; waiters == 0;) {
      const auto rows =
          session.Query("SELECT COUNT(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))");
      if (!rows.ok()) return rows.status();
      waiters = rows->front().Int(0);
    }
    return PutIn(session, "a", 1);
  });
  EXPECT_EQ(status, absl::OkStatus());
  waiting.join();
  EXPECT_EQ(seen, 1);
}

TEST_F(Postgres, AnotherReplicaHearsOfACommit) {
  // Without the poll: what is heard was told.
  Reopen({.poll_interval = absl::Hours(1)});
  const auto replica = Replica({.poll_interval = absl::Hours(1)});
  std::atomic<int> heard = 0;
  const auto subscription = replica->commits().Subscribe([&] {
    ++heard;
    heard.notify_all();
  });
  // The link's own connecting speaks up, too, at most three times.
  for (int i = 0; i < 8; ++i) {
    const int before = heard;
    ASSERT_TRUE(Put(std::to_string(i), i).ok());
    heard.wait(before);
  }
  EXPECT_GE(heard, 8);
}

TEST_F(Postgres, FollowersLookNowAndThenEvenWhenNobodySpeaks) {
  const auto replica = Replica({.poll_interval = absl::Milliseconds(5)});
  std::latch several(10);
  std::atomic<int> heard = 0;
  const auto subscription = replica->commits().Subscribe([&] {
    if (++heard <= 10) several.count_down();
  });
  several.wait();
}

TEST_F(Postgres, AnEventOfATransactionThatCommitsLateIsNotSkipped) {
  const Migration migration{
      .version = 1, .name = "outbox", .sql = Outbox::kSchema, .postgres_sql = Outbox::kPostgresSchema};
  ASSERT_EQ(Migrate(*database_, call_, {&migration, 1}), absl::OkStatus());
  const auto outbox = Outbox::Open(*database_, call_);
  ASSERT_TRUE(outbox.ok()) << outbox.status();
  const auto append = [&](Session& session, const char* subject) {
    return outbox->Append(session, {.tenant = TenantId("t"), .type = "x", .subject = subject});
  };
  const auto read = [&](std::string_view cursor) {
    absl::StatusOr<Outbox::Page> page;
    EXPECT_TRUE(database_
                    ->Read(call_,
                           [&](Session& session) {
                             page = outbox->Read(session, cursor, {});
                             return page.status();
                           })
                    .ok());
    return *std::move(page);
  };
  std::string cursor;
  ASSERT_TRUE(
      database_
          ->Write(call_,
                  [&](Session& slow) {
                    if (absl::Status status = append(slow, "early"); !status.ok()) return status;
                    // Its id is higher, and it commits first: not shown before the slow one ends.
                    EXPECT_TRUE(
                        database_->Write(call_, [&](Session& fast) { return append(fast, "late"); }).ok());
                    const Outbox::Page page = read("");
                    EXPECT_THAT(page.records, IsEmpty());
                    cursor = page.cursor;
                    return absl::OkStatus();
                  })
          .ok());
  const Outbox::Page page = read(cursor);
  ASSERT_THAT(page.records, SizeIs(2));
  EXPECT_EQ(page.records[0].event.subject, "early");
}

TEST_F(Postgres, AfterARestoreOldEventsComeFirstAndCursorsHaveExpired) {
  const Migration migration{
      .version = 1, .name = "outbox", .sql = Outbox::kSchema, .postgres_sql = Outbox::kPostgresSchema};
  ASSERT_EQ(Migrate(*database_, call_, {&migration, 1}), absl::OkStatus());
  // As another server would have left it: its name, and transaction ids beyond ours.
  ASSERT_TRUE(Script("INSERT INTO outbox_state VALUES (1, 'other', 5, 5); "
                     "INSERT INTO outbox (xid, tenant, type, subject, payload, event_time) "
                     "VALUES (9000000000, 't', 'x', 'restored', '', 0)")
                  .ok());
  const auto outbox = Outbox::Open(*database_, call_);
  ASSERT_TRUE(outbox.ok()) << outbox.status();
  EXPECT_TRUE(database_
                  ->Read(call_,
                         [&](Session& session) {
                           EXPECT_EQ(ReasonOf(outbox->Read(session, "other-9000000000-1", {}).status()),
                                     "CURSOR_EXPIRED");
                           const auto page = outbox->Read(session, "", {});
                           EXPECT_THAT(page->records, SizeIs(1));
                           return page.status();
                         })
                  .ok());
}

TEST_F(Postgres, CommitsAreSyncedEvenWhereTheServersDefaultIsNot) {
  const std::string url = place_->url() + "&options=-csynchronous_commit%3Doff";
  auto database = Database::Open(url, {.schema = place_->schema()});
  ASSERT_TRUE(database.ok()) << database.status();
  const absl::Status status = (*database)->Read(call_, [](Session& session) {
    const auto rows = session.Query("SELECT current_setting('synchronous_commit')");
    if (!rows.ok()) return rows.status();
    EXPECT_EQ(rows->front().Text(0), "on");
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(Postgres, ANulInATextIsTheCallersFault) {
  const absl::Status status = Put(std::string_view("a\0b", 3), 1);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "INVALID_UTF8");
}

TEST_F(Postgres, AColumnOfATypeThatIsNotReadIsNamed) {
  const absl::Status status = database_->Read(
      call_, [](Session& session) { return session.Query("SELECT now() AS moment").status(); });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()), HasSubstr("moment"));
}

TEST_F(Postgres, LocksOfTwoSchemasAreApart) {
  const std::unique_ptr<limpid::testing::TestDatabase> place = limpid::testing::FreshPostgres();
  auto other = Database::Open(place->url(), {.schema = place->schema()});
  ASSERT_TRUE(other.ok());
  const std::string_view names[] = {"x"};
  const absl::Status status = database_->Write(call_, [&](Session& session) {
    if (absl::Status locked = session.Lock(names); !locked.ok()) return locked;
    return (*other)->Write(call_.Within(absl::Seconds(20)),
                           [&](Session& inner) { return inner.Lock(names); });
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(Postgres, ALockIsWaitedForNoLongerThanTheDeadline) {
  const std::string_view names[] = {"x"};
  const absl::Status status = database_->Write(call_, [&](Session& session) {
    if (absl::Status locked = session.Lock(names); !locked.ok()) return locked;
    return database_->Write(call_.Within(absl::Milliseconds(50)),
                            [&](Session& inner) { return inner.Lock(names); });
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
}

TEST(PostgresServer, AfterACrashCallsWorkAgainAndAcknowledgedWritesAreThere) {
  auto server = limpid::testing::PostgresServer::Start();
  ASSERT_TRUE(server.ok()) << server.status();
  auto opened = Database::Open((*server)->url(), {.schema = "s"});
  ASSERT_TRUE(opened.ok()) << opened.status();
  Database& database = **opened;
  const Call call;
  const auto insert = [&] {
    return database.Write(
        call, [](Session& session) { return session.Execute("INSERT INTO t VALUES (1)").status(); });
  };
  ASSERT_TRUE(
      database.Write(call, [](Session& session) { return session.RunScript("CREATE TABLE t (x BIGINT)"); })
          .ok());
  ASSERT_TRUE(insert().ok());
  (*server)->Kill();
  const absl::Status away = insert();
  EXPECT_EQ(away.code(), absl::StatusCode::kUnavailable) << away;
  EXPECT_THAT(away.ToString(), Not(HasSubstr("/tmp")));
  ASSERT_TRUE((*server)->Restart().ok());
  // The pool's connections are dead: found out and replaced without an error.
  EXPECT_EQ(insert(), absl::OkStatus());
  (*server)->Kill();
  ASSERT_TRUE((*server)->Restart().ok());
  int64_t rows = 0;
  const absl::Status status = database.Read(call, [&](Session& session) {
    const auto answer = session.Query("SELECT COUNT(*) FROM t");
    if (answer.ok()) rows = answer->front().Int(0);
    return answer.status();
  });
  EXPECT_EQ(status, absl::OkStatus());
  EXPECT_EQ(rows, 2);
}

TEST(PostgresServer, ThatItIsAwayAndBackIsNoticedWithoutBeingAsked) {
  auto server = limpid::testing::PostgresServer::Start();
  ASSERT_TRUE(server.ok()) << server.status();
  const auto database = Database::Open((*server)->url(), {.poll_interval = absl::Milliseconds(20)});
  ASSERT_TRUE(database.ok()) << database.status();
  EXPECT_EQ((*database)->Reachable(), absl::OkStatus());
  const auto becomes = [&](absl::StatusCode code) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while ((*database)->Reachable().code() != code && std::chrono::steady_clock::now() < give_up) {
      std::this_thread::yield();
    }
    return (*database)->Reachable().code() == code;
  };
  (*server)->Kill();
  EXPECT_TRUE(becomes(absl::StatusCode::kUnavailable));
  ASSERT_TRUE((*server)->Restart().ok());
  EXPECT_TRUE(becomes(absl::StatusCode::kOk));
}

TEST(PostgresServer, WhyItCannotBeReachedIsToldAtTheStart) {
  const absl::Status status = Database::Open("postgres://u:hunter2@/d?host=/nowhere", {}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr("/nowhere"));
  EXPECT_THAT(status.ToString(), Not(HasSubstr("hunter2")));
}

TEST(PostgresErrors, EachClassHasItsCode) {
  const struct {
    const char* sqlstate;
    absl::StatusCode code;
    const char* reason;
  } kCases[] = {
      {"23505", absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS"},
      {"53100", absl::StatusCode::kResourceExhausted, "STORAGE_FULL"},
      {"53300", absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE"},
      {"40001", absl::StatusCode::kAborted, "WRITE_CONFLICT"},
      {"40P01", absl::StatusCode::kAborted, "WRITE_CONFLICT"},
      {"40003", absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE"},
      {"57014", absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"},
      {"57P01", absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE"},
      {"08006", absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE"},
      {"25006", absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE"},
      {"22021", absl::StatusCode::kInvalidArgument, "INVALID_UTF8"},
      {"", absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE"},
      {"23502", absl::StatusCode::kInternal, "INTERNAL"},
      {"42P01", absl::StatusCode::kInternal, "INTERNAL"},
  };
  for (const auto& expected : kCases) {
    const absl::Status status = PostgresError(expected.sqlstate, "m");
    EXPECT_EQ(status.code(), expected.code) << expected.sqlstate;
    EXPECT_EQ(ReasonOf(status), expected.reason) << expected.sqlstate;
  }
}

}  // namespace
}  // namespace limpid::sql

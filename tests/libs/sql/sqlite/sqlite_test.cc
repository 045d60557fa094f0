#include <atomic>
#include <latch>
#include <vector>

#include <sys/stat.h>

#include "libs/base/error.h"
#include "libs/testing/temp_dir.h"
#include "tests/libs/sql/suite/fixture.h"

namespace limpid::sql {
namespace {

class Sqlite : public SqlTest {
 protected:
  // Runs `works` as one group: the writer is held until all of them wait. The answers, in order.
  std::vector<absl::Status> WriteTogether(std::vector<std::pair<Call, Database::OwnedWork>> works) {
    std::latch begun(1);
    std::latch release(1);
    database_->Write(
        call_,
        [&](Session&) {
          begun.count_down();
          release.wait();
          return absl::OkStatus();
        },
        [](const absl::Status&) {});
    begun.wait();
    std::vector<absl::Status> answers(works.size());
    std::latch all(static_cast<std::ptrdiff_t>(works.size()));
    for (size_t i = 0; i < works.size(); ++i) {
      database_->Write(works[i].first, std::move(works[i].second), [&, i](absl::Status status) {
        answers[i] = std::move(status);
        all.count_down();
      });
    }
    release.count_down();
    all.wait();
    return answers;
  }
  static Database::OwnedWork Putting(std::string name, size_t size = 1) {
    return [name, size](Session& session) {
      return session.Execute("INSERT INTO pairs (name, number) VALUES (?, 1)", name + std::string(size, 'x'))
          .status();
    };
  }
};

TEST_F(Sqlite, WhatWaitsIsCommittedTogether) {
  std::atomic<int> commits = 0;
  std::vector<std::pair<Call, Database::OwnedWork>> works;
  for (int i = 0; i < 20; ++i) works.emplace_back(Call(), Putting(std::to_string(i)));
  // The one that holds the writer is a group of its own.
  std::latch two(2);
  auto subscription = database_->commits().Subscribe([&] {
    if (++commits <= 2) two.count_down();
  });
  for (const absl::Status& status : WriteTogether(std::move(works))) EXPECT_TRUE(status.ok()) << status;
  two.wait();
  EXPECT_EQ(commits, 2);
  EXPECT_EQ(Count(), 20);
}

TEST_F(Sqlite, AnInterruptedWriteTakesNoneOfItsGroupAlong) {
  std::vector<std::pair<Call, Database::OwnedWork>> works;
  works.emplace_back(Call(), Putting("a"));
  // Interrupting a statement that writes makes SQLite undo the whole transaction.
  works.emplace_back(Call().Within(absl::Milliseconds(50)), [](Session& session) {
    return session
        .Execute(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
            "INSERT INTO pairs SELECT 'endless', x FROM n WHERE x < 0")
        .status();
  });
  works.emplace_back(Call(), Putting("b"));
  const std::vector<absl::Status> answers = WriteTogether(std::move(works));
  EXPECT_TRUE(answers[0].ok()) << answers[0];
  EXPECT_EQ(answers[1].code(), absl::StatusCode::kDeadlineExceeded) << answers[1];
  EXPECT_TRUE(answers[2].ok()) << answers[2];
  EXPECT_EQ(Count(), 2);
}

TEST_F(Sqlite, AFullDiskRefusesWhatDoesNotFitAndNothingElse) {
  const int64_t pages = Number("SELECT page_count FROM pragma_page_count");
  ASSERT_TRUE(Script("PRAGMA max_page_count = " + std::to_string(pages + 4)).ok());
  std::vector<std::pair<Call, Database::OwnedWork>> works;
  works.emplace_back(Call(), Putting("a"));
  works.emplace_back(Call(), Putting("large", 100'000));
  works.emplace_back(Call(), Putting("b"));
  const std::vector<absl::Status> answers = WriteTogether(std::move(works));
  EXPECT_TRUE(answers[0].ok()) << answers[0];
  EXPECT_EQ(answers[1].code(), absl::StatusCode::kResourceExhausted) << answers[1];
  EXPECT_EQ(ReasonOf(answers[1]), "STORAGE_FULL");
  EXPECT_GT(DetailsOf(answers[1]).retry_after, absl::ZeroDuration());
  EXPECT_TRUE(answers[2].ok()) << answers[2];
  EXPECT_EQ(Count(), 2);
  ASSERT_TRUE(Script("PRAGMA max_page_count = 100000").ok());
  const auto after =
      database_->Write(call_, [](Session& session) { return Putting("large", 100'000)(session); });
  EXPECT_TRUE(after.ok()) << after;
}

TEST_F(Sqlite, ReadersDoNotWaitForTheWriter) {
  ASSERT_TRUE(Put("a", 1).ok());
  const absl::Status status = database_->Write(call_, [&](Session& session) {
    EXPECT_TRUE(PutIn(session, "b", 1).ok());
    EXPECT_EQ(Count(), 1);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(Count(), 2);
}

TEST_F(Sqlite, AReaderCannotWrite) {
  const absl::Status status = database_->Read(call_, [](Session& session) { return PutIn(session, "a", 1); });
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(Count(), 0);
}

TEST_F(Sqlite, EveryCommitIsSynced) {
  const absl::Status status = database_->Write(call_, [](Session& session) {
    EXPECT_EQ(session.Query("PRAGMA synchronous")->front().Int(0), 2);
    EXPECT_EQ(session.Query("PRAGMA journal_mode")->front().Text(0), "wal");
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok());
}

TEST(SqliteFile, IsMadeWithItsFoldersForItsOwnerOnly) {
  const limpid::testing::TempDir folder;
  const std::string path = folder.File("a/b/c.db");
  auto database = Database::Open("sqlite:" + path, {});
  ASSERT_TRUE(database.ok()) << database.status();
  const auto make_table = [](Session& session) { return session.RunScript("CREATE TABLE t (x BIGINT)"); };
  ASSERT_TRUE((*database)->Write(Call(), make_table).ok());
  for (const char* suffix : {"", "-wal", "-shm"}) {
    struct stat file = {};
    ASSERT_EQ(stat((path + suffix).c_str(), &file), 0) << suffix;
    EXPECT_EQ(file.st_mode & 0777, 0600u) << suffix;
  }
}

TEST(SqliteFile, WhereNoneCanBeMadeThePathIsNamed) {
  const limpid::testing::TempDir folder;
  const absl::Status status = Database::Open("sqlite:" + folder.path().string(), {}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr(folder.path().string()));
}

TEST(SqliteFile, IsUsedByOneAtATime) {
  const limpid::testing::TempDir folder;
  const std::string url = "sqlite:" + folder.File("x.db");
  auto first = Database::Open(url, {});
  ASSERT_TRUE(first.ok()) << first.status();
  const absl::Status second = Database::Open(url, {}).status();
  EXPECT_EQ(second.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(second.message()), ::testing::HasSubstr(folder.File("x.db")));
  first->reset();
  EXPECT_TRUE(Database::Open(url, {}).ok());
}

TEST(SqliteFile, WhatIsNoDatabaseIsSaidToBeDamaged) {
  const limpid::testing::TempDir folder;
  const std::string path = folder.File("x.db");
  FILE* const file = fopen(path.c_str(), "w");
  for (int i = 0; i < 1000; ++i) fputs("not a database ", file);
  fclose(file);
  EXPECT_EQ(Database::Open("sqlite:" + path, {}).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace limpid::sql

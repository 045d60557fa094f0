// What was acknowledged outlives kill -9, and nothing is there by half.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libs/base/strings.h"
#include "libs/sql/database.h"
#include "libs/testing/temp_dir.h"

namespace limpid::sql {
namespace {

constexpr int kCycles = 5;
constexpr int kWriters = 4;
constexpr size_t kAcknowledgedBeforeTheKill = 60;

absl::Status PutPair(Database& database, int64_t number) {
  return database.Write(Call(), [number](Session& session) {
    const std::string_view sql = "INSERT INTO halves (number, half) VALUES (?, ?)";
    for (const int half : {1, 2}) {
      if (const auto put = session.Execute(sql, number, half); !put.ok()) return put.status();
    }
    return absl::OkStatus();
  });
}

// In the child: writes pairs until it is killed, and tells the number of each one that was acknowledged.
[[noreturn]] void WriteForEver(const std::string& url, int64_t first, int told) {
  auto database = Database::Open(url, {});
  if (!database.ok()) _exit(1);
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int64_t number = first + writer;; number += kWriters) {
        if (!PutPair(**database, number).ok()) _exit(2);
        if (write(told, &number, sizeof(number)) != sizeof(number)) _exit(3);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  _exit(4);
}

TEST(SqliteCrash, AcknowledgedWritesOutliveAKill) {
  const limpid::testing::TempDir folder;
  const std::string url = StrCat("sqlite:", folder.File("crash.db"));
  {
    auto database = Database::Open(url, {});
    ASSERT_TRUE(database.ok()) << database.status();
    const auto make = [](Session& session) {
      return session.RunScript(
          "CREATE TABLE halves (number BIGINT, half BIGINT, PRIMARY KEY (number, half))");
    };
    ASSERT_TRUE((*database)->Write(Call(), make).ok());
  }
  std::set<int64_t> acknowledged;
  for (int cycle = 0; cycle < kCycles; ++cycle) {
    std::array<int, 2> pipe_ends;
    ASSERT_EQ(pipe(pipe_ends.data()), 0);
    const pid_t child = fork();
    if (child == 0) WriteForEver(url, cycle * 1'000'000, pipe_ends[1]);
    close(pipe_ends[1]);
    const size_t wanted = acknowledged.size() + kAcknowledgedBeforeTheKill;
    int64_t number = 0;
    while (acknowledged.size() < wanted && read(pipe_ends[0], &number, sizeof(number)) == sizeof(number)) {
      acknowledged.insert(number);
    }
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    while (read(pipe_ends[0], &number, sizeof(number)) == sizeof(number)) acknowledged.insert(number);
    close(pipe_ends[0]);

    auto database = Database::Open(url, {});
    ASSERT_TRUE(database.ok()) << database.status();
    std::set<int64_t> stored;
    const absl::Status read = (*database)->Read(Call(), [&](Session& session) {
      const auto rows = session.Query("SELECT number, COUNT(*) FROM halves GROUP BY number");
      if (!rows.ok()) return rows.status();
      for (const Row row : *rows) {
        EXPECT_EQ(row.Int(1), 2) << "half of " << row.Int(0);
        stored.insert(row.Int(0));
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(read.ok()) << read;
    EXPECT_TRUE(std::ranges::includes(stored, acknowledged));
  }
}

}  // namespace
}  // namespace limpid::sql

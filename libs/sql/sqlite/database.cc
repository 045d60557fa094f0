#include "libs/sql/sqlite/database.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/sql/sqlite/session.h"

namespace limpid::sql {
namespace {

void MakeFolder(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
}

// Makes the file, for its owner only, before SQLite would make it for everybody; the WAL takes over its mode.
absl::Status MakeFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return FailedPrecondition(reason::kFailedPrecondition,
                              StrCat("The database file ", path, " can neither be opened nor made."));
  }
  close(file);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> SqliteDatabase::Open(const std::string& path,
                                                               const Options& options) {
  MakeFolder(path);
  absl::StatusOr<FileLock> lock = FileLock::Take(path);
  if (!lock.ok()) return lock.status();
  if (absl::Status status = MakeFile(path); !status.ok()) return status;
  absl::StatusOr<std::unique_ptr<SqliteConnection>> writer =
      SqliteConnection::Open(path, SqliteConnection::Mode::kWriter);
  if (!writer.ok()) return writer.status();
  return std::unique_ptr<Database>(new SqliteDatabase(*std::move(lock), path, options, *std::move(writer)));
}

SqliteDatabase::SqliteDatabase(FileLock lock, const std::string& path, const Options& options,
                               std::unique_ptr<SqliteConnection> writer)
    : lock_(std::move(lock)),
      readers_(options.max_connections,
               [path](const Call&) { return SqliteConnection::Open(path, SqliteConnection::Mode::kReader); }),
      writer_(std::move(writer), options.max_pending_writes, commits()) {}

absl::Status SqliteDatabase::Read(const Call& call, Work work) {
  if (absl::Status over = call.Check(); !over.ok()) return over;
  const auto connection = readers_.Acquire(call);
  if (!connection.ok()) return connection.status();
  SqliteSession session(**connection, call);
  return work(session);
}

void SqliteDatabase::Write(const Call& call, OwnedWork work, Committed done) {
  writer_.Submit(call, std::move(work), std::move(done));
}

absl::Status SqliteDatabase::Write(const Call& call, Work work) {
  Mutex mutex;
  CondVar finished;
  std::optional<absl::Status> result;
  writer_.Submit(
      call, [work](Session& session) { return work(session); },
      [&](absl::Status status) {
        // Under the lock to the end: the waiter destroys all three as soon as it may.
        MutexLock lock(mutex);
        result = std::move(status);
        finished.NotifyOne();
      });
  MutexLock lock(mutex);
  finished.Wait(mutex, [&] { return result.has_value(); });
  return *std::move(result);
}

}  // namespace limpid::sql

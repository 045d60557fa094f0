#pragma once

#include <memory>
#include <string>

#include "libs/sql/database.h"
#include "libs/sql/pool.h"
#include "libs/sql/sqlite/connection.h"
#include "libs/sql/sqlite/file_lock.h"
#include "libs/sql/sqlite/group_commit.h"

namespace limpid::sql {

/// A SQLite file in WAL mode, used by one process: one writer, many readers that never wait for it.
/// Thread-safe.
class SqliteDatabase final : public Database {
 public:
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& path, const Options& options);

  using Database::Write;
  absl::Status Read(const Call& call, Work work) override;
  void Write(const Call& call, OwnedWork work, Committed done) override;
  absl::Status Write(const Call& call, Work work) override;
  const Dialect& dialect() const override { return SqliteDialect(); }

 private:
  SqliteDatabase(FileLock lock, const std::string& path, const Options& options,
                 std::unique_ptr<SqliteConnection> writer);

  const FileLock lock_;  // given back when the last connection is closed
  Pool<SqliteConnection> readers_;
  GroupCommit writer_;
};

}  // namespace limpid::sql

#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/sql/rows.h"
#include "libs/sql/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace limpid::sql {

/// One connection to a SQLite file, with its prepared statements. One thread at a time.
class SqliteConnection {
 public:
  enum class Mode { kReader, kWriter };

  static absl::StatusOr<std::unique_ptr<SqliteConnection>> Open(const std::string& path, Mode mode);
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  absl::StatusOr<Rows> Run(std::string_view sql, std::span<const Value> args);
  absl::Status RunScript(std::string_view sql);
  /// Statements are interrupted when `call` is over; nullptr: never. Looked at until the next SetCall.
  void SetCall(const Call* call) { call_ = call; }
  /// False once SQLite has undone the whole transaction by itself, as it does when the disk is full.
  bool InTransaction() const;
  /// A reader that is left inside a transaction would show the same state for ever.
  bool broken() const { return InTransaction(); }

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Finalizer>;

  explicit SqliteConnection(sqlite3* connection);
  absl::StatusOr<sqlite3_stmt*> Prepare(std::string_view sql);
  absl::Status Error(int code) const;
  static int OnProgress(void* self);

  sqlite3* const connection_;
  const Call* call_ = nullptr;
  absl::flat_hash_map<std::string, Statement> statements_;
};

}  // namespace limpid::sql

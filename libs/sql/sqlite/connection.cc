#include "libs/sql/sqlite/connection.h"

#include <utility>

#include <sqlite3.h>

#include "libs/base/strings.h"
#include "libs/sql/dialect.h"
#include "libs/sql/sqlite/error.h"

namespace limpid::sql {
namespace {

// How many statements a connection keeps prepared: far above what a service has, so that only texts made at
// run time can reach it; then all are dropped.
constexpr size_t kMaxStatements = 512;
// Steps of SQLite's machine between two looks at the deadline: some 50 µs.
constexpr int kStepsBetweenLooks = 1000;

constexpr std::string_view kReaderSettings = "PRAGMA query_only = 1; PRAGMA cache_size = -4096;";
// FULL: a commit is answered when it is on disk. Pages that are freed are overwritten, so that what was
// erased is gone from the file.
constexpr std::string_view kWriterSettings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = 1; PRAGMA secure_delete = "
    "1; "
    "PRAGMA cache_size = -16384;";
// A lock is only held by a foreign process (a backup, a person's shell), or during recovery.
constexpr int kReaderBusyMillis = 500;
constexpr int kWriterBusyMillis = 5000;

// Before the first connection: without the counters of memory, whose lock every allocation would take.
void InitializeOnce() {
  [[maybe_unused]] static const int kDone = [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return sqlite3_initialize();
  }();
}

int BindValue(sqlite3_stmt* statement, int index, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return sqlite3_bind_null(statement, index);
    case Value::Kind::kInt:
      return sqlite3_bind_int64(statement, index, value.integer());
    case Value::Kind::kDouble:
      return sqlite3_bind_double(statement, index, value.real());
    case Value::Kind::kText:
      // A null pointer would bind NULL.
      return sqlite3_bind_text64(statement, index, value.bytes().empty() ? "" : value.bytes().data(),
                                 value.bytes().size(), SQLITE_STATIC, SQLITE_UTF8);
    case Value::Kind::kBlob:
      return sqlite3_bind_blob64(statement, index, value.bytes().empty() ? "" : value.bytes().data(),
                                 value.bytes().size(), SQLITE_STATIC);
  }
  return SQLITE_MISUSE;
}

void AddColumn(sqlite3_stmt* statement, int column, Rows& rows) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return rows.AddInt(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
      return rows.AddDouble(sqlite3_column_double(statement, column));
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return rows.AddBytes(Value::Kind::kText,
                           {text, static_cast<size_t>(sqlite3_column_bytes(statement, column))});
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
      return rows.AddBytes(Value::Kind::kBlob,
                           {bytes, static_cast<size_t>(sqlite3_column_bytes(statement, column))});
    }
    default:
      return rows.AddNull();
  }
}

// Ends a run on every path: a statement left open would keep its read transaction.
class ResetAtEnd {
 public:
  explicit ResetAtEnd(sqlite3_stmt* statement) : statement_(statement) {}
  ResetAtEnd(const ResetAtEnd&) = delete;
  ResetAtEnd& operator=(const ResetAtEnd&) = delete;
  ~ResetAtEnd() {
    sqlite3_reset(statement_);
    // The arguments are the caller's and die with the run.
    sqlite3_clear_bindings(statement_);
  }

 private:
  sqlite3_stmt* const statement_;
};

}  // namespace

void SqliteConnection::Finalizer::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqliteConnection::SqliteConnection(sqlite3* connection) : connection_(connection) {
  sqlite3_extended_result_codes(connection_, 1);
  // Plans do not depend on what is bound: else, with statistics, SQLite compiles a statement anew for each
  // new value, which costs three times the look-up itself.
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  sqlite3_progress_handler(connection_, kStepsBetweenLooks, &SqliteConnection::OnProgress, this);
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close(connection_);
}

absl::StatusOr<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(const std::string& path, Mode mode) {
  InitializeOnce();
  sqlite3* raw = nullptr;
  // NOMUTEX: the pool and the writer see to it that one thread at a time has the connection.
  const int code = sqlite3_open_v2(
      path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (code != SQLITE_OK) {
    absl::Status status = SqliteError(code, raw, nullptr);
    sqlite3_close(raw);
    return status;
  }
  auto connection = std::unique_ptr<SqliteConnection>(new SqliteConnection(raw));
  sqlite3_busy_timeout(raw, mode == Mode::kReader ? kReaderBusyMillis : kWriterBusyMillis);
  const absl::Status settings =
      connection->RunScript(mode == Mode::kReader ? kReaderSettings : kWriterSettings);
  if (!settings.ok()) return settings;
  return connection;
}

absl::Status SqliteConnection::Error(int code) const { return SqliteError(code, connection_, call_); }

bool SqliteConnection::InTransaction() const { return sqlite3_get_autocommit(connection_) == 0; }

absl::StatusOr<sqlite3_stmt*> SqliteConnection::Prepare(std::string_view sql) {
  if (const auto found = statements_.find(Absl(sql)); found != statements_.end()) return found->second.get();
  if (statements_.size() >= kMaxStatements) statements_.clear();
  const std::string text = SqliteDialect().Translate(sql);
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(connection_, text.data(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  if (code != SQLITE_OK) return Error(code);
  statements_.emplace(std::string(sql), Statement(raw));
  return raw;
}

absl::StatusOr<Rows> SqliteConnection::Run(std::string_view sql, std::span<const Value> args) {
  const absl::StatusOr<sqlite3_stmt*> prepared = Prepare(sql);
  if (!prepared.ok()) return prepared.status();
  sqlite3_stmt* const statement = *prepared;
  const ResetAtEnd reset(statement);
  // One too few would be NULL without a word.
  if (sqlite3_bind_parameter_count(statement) != static_cast<int>(args.size())) return Error(SQLITE_RANGE);
  for (size_t i = 0; i < args.size(); ++i) {
    if (const int code = BindValue(statement, static_cast<int>(i) + 1, args[i]); code != SQLITE_OK) {
      return Error(code);
    }
  }
  Rows rows;
  const int columns = sqlite3_column_count(statement);
  rows.SetColumns(static_cast<size_t>(columns));
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
    for (int column = 0; column < columns; ++column) AddColumn(statement, column, rows);
  }
  if (code != SQLITE_DONE) return Error(code);
  // sqlite3_changes keeps the count of the last statement that wrote, whoever asks.
  if (!sqlite3_stmt_readonly(statement)) rows.SetChanged(sqlite3_changes64(connection_));
  return rows;
}

absl::Status SqliteConnection::RunScript(std::string_view sql) {
  const std::string text = SqliteDialect().Translate(sql);
  const int code = sqlite3_exec(connection_, text.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : Error(code);
}

int SqliteConnection::OnProgress(void* self) {
  const Call* const call = static_cast<SqliteConnection*>(self)->call_;
  return call != nullptr && (call->Stopped() || call->Expired()) ? 1 : 0;
}

}  // namespace limpid::sql

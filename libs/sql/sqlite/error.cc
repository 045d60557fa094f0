#include "libs/sql/sqlite/error.h"

#include <cerrno>

#include <sqlite3.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::sql {
namespace {

constexpr absl::Duration kRetryWhenFull = absl::Seconds(5);

absl::Status StorageFull() {
  return WithRetryAfter(MakeError(absl::StatusCode::kResourceExhausted, reason::kStorageFull,
                                  "The database has no room left; reading goes on."),
                        kRetryWhenFull);
}

absl::Status Interrupted(const Call* call) {
  const absl::Status status = call ? call->Check() : absl::OkStatus();
  return status.ok() ? Cancelled() : status;
}

}  // namespace

absl::Status SqliteError(int code, sqlite3* connection, const Call* call) {
  const int extended = connection ? sqlite3_extended_errcode(connection) : code;
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY ||
          extended == SQLITE_CONSTRAINT_ROWID) {
        return AlreadyExists(reason::kAlreadyExists, "An object with this unique value exists.");
      }
      break;
    case SQLITE_FULL:
      return StorageFull();
    case SQLITE_IOERR:
      // A file that cannot grow is reported in several ways, by the WAL's index as a plain I/O error.
      if (connection && sqlite3_system_errno(connection) == ENOSPC) return StorageFull();
      return Unavailable("database");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
      return Unavailable("database");
    case SQLITE_INTERRUPT:
      return Interrupted(call);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return MakeError(absl::StatusCode::kDataLoss, reason::kInternal, "The database file is damaged.");
    case SQLITE_TOOBIG:
      return InvalidRequest(reason::kTooLong, "A value is larger than the database holds.");
    case SQLITE_ERROR: {
      // A fault in the statement itself: the message names tables and columns, never a bound value.
      const char* message = connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
      return MakeError(absl::StatusCode::kInternal, reason::kInternal, StrCat("SQL: ", message));
    }
    default:
      break;
  }
  return MakeError(absl::StatusCode::kInternal, reason::kInternal, StrCat("SQLite error ", extended, "."));
}

}  // namespace limpid::sql

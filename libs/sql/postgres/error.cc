#include "libs/sql/postgres/error.h"

#include <libpq-fe.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::sql {
namespace {

constexpr absl::Duration kRetryWhenFull = absl::Seconds(5);
constexpr absl::Duration kRetryAfterConflict = absl::Seconds(1);

}  // namespace

absl::Status PostgresError(std::string_view sqlstate, std::string_view message) {
  if (sqlstate == "23505") {
    return AlreadyExists(reason::kAlreadyExists, "An object with this unique value exists.");
  }
  if (sqlstate == "53100") {
    return WithRetryAfter(MakeError(absl::StatusCode::kResourceExhausted, reason::kStorageFull,
                                    "The database has no room left; reading goes on."),
                          kRetryWhenFull);
  }
  // Serialization failure, deadlock.
  if (sqlstate == "40001" || sqlstate == "40P01") {
    return WithRetryAfter(MakeError(absl::StatusCode::kAborted, reason::kWriteConflict,
                                    "Other writes got in the way each time; nothing was stored: ask again."),
                          kRetryAfterConflict);
  }
  if (sqlstate == "57014") return limpid::DeadlineExceeded();  // A statement_timeout set by the operator.
  // A byte sequence that is not UTF-8, or a NUL in a text.
  if (sqlstate == "22021" || sqlstate == "22P05") {
    return InvalidRequest(reason::kInvalidUtf8, "A text is not valid UTF-8.");
  }
  // A statement's own fault: syntax, a name; 08P01 is the wrong number of arguments.
  const bool statement_fault = sqlstate.starts_with("42") || sqlstate == "08P01";
  if (statement_fault) {
    return MakeError(absl::StatusCode::kInternal, reason::kInternal, StrCat("SQL: ", message));
  }
  // Lost connection, connection exceptions, a commit of unknown fate, out of resources, shutting down or
  // starting up, a lock not to be had, a server that became a read-only standby, an I/O error of the server.
  for (const std::string_view transient : {"", "08", "40003", "53", "57", "55P03", "25006", "25P03", "58"}) {
    if (transient.empty() ? sqlstate.empty() : sqlstate.starts_with(transient))
      return Unavailable("database");
  }
  return MakeError(absl::StatusCode::kInternal, reason::kInternal,
                   StrCat("PostgreSQL error ", sqlstate, "."));
}

absl::Status PostgresError(const pg_result* result) {
  const char* const sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* const message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  return PostgresError(sqlstate ? sqlstate : "", message ? message : "");
}

}  // namespace limpid::sql

#pragma once

#include <string_view>

#include "absl/status/status.h"

struct pg_result;

namespace limpid::sql {

/// What a failed answer of PostgreSQL means to our caller. ABORTED (WRITE_CONFLICT): the transaction collided
/// with another, was undone and may be run again, as Database does. Holds no value of a row.
absl::Status PostgresError(const pg_result* result);

/// The same for a SQLSTATE (five characters of PostgreSQL's appendix A; empty: the connection was lost).
/// `message` is only used for faults in a statement, where it names tables and columns and nothing else.
absl::Status PostgresError(std::string_view sqlstate, std::string_view message);

}  // namespace limpid::sql

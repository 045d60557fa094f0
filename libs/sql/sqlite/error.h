#pragma once

#include "absl/status/status.h"

#include "libs/base/call.h"

struct sqlite3;

namespace limpid::sql {

/// What a failed call of SQLite means to our caller. `call`, when there is one, says why a statement was
/// interrupted. Holds no value of a row.
absl::Status SqliteError(int code, sqlite3* connection, const Call* call);

}  // namespace limpid::sql

#pragma once

#include <string>
#include <string_view>

namespace limpid::sql {

enum class Backend { kSqlite, kPostgres };

/// What differs between the two languages, so that a statement is written once.
///
/// Statements are written with `?` for arguments and, where the databases differ, with a word in braces:
///
/// | word | SQLite | PostgreSQL |
/// |---|---|---|
/// | `{text}` | TEXT | TEXT COLLATE "C": both order by bytes |
/// | `{blob}` | BLOB | BYTEA |
/// | `{identity}` | INTEGER PRIMARY KEY AUTOINCREMENT | BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY |
/// | `{without_rowid}` | WITHOUT ROWID | nothing |
/// | `{for_update}` | nothing: there is one writer | FOR UPDATE |
/// | `{skip_locked}` | nothing | FOR UPDATE SKIP LOCKED |
///
/// Columns are BIGINT, DOUBLE PRECISION, `{text}` or `{blob}`; times are BIGINT microseconds since the epoch.
/// What words cannot bridge, a caller decides by `backend`.
struct Dialect {
  Backend backend;
  std::string_view name;

  /// The statement in the database's own words. Quoted text and comments are left alone.
  std::string Translate(std::string_view sql) const;
};

const Dialect& SqliteDialect();
const Dialect& PostgresDialect();

}  // namespace limpid::sql

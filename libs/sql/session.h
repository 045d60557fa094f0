#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/sql/dialect.h"
#include "libs/sql/rows.h"
#include "libs/sql/value.h"

namespace limpid::sql {

/// A statement with its arguments, for Session::Batch. Looks at both.
struct BoundStatement {
  std::string_view sql;
  absl::InlinedVector<Value, 4> args;
};

template <class... Args>
BoundStatement Bind(std::string_view sql, const Args&... args) {
  return {sql, {Value(args)...}};
}

/// The database as one piece of work sees it, inside Database::Read or Database::Write. One thread at a time.
///
/// Statements are prepared on first use and kept with the connection by their text: use constant texts with
/// `?` for what varies. Errors hold no argument. After a failed statement the work must end: a write is then
/// undone even when it answers OK, as PostgreSQL gives no choice. To insert what may be there already, say
/// `ON CONFLICT DO NOTHING` and look at Rows::changed.
class Session {
 public:
  virtual ~Session() = default;

  template <class... Args>
  absl::StatusOr<Rows> Query(std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values = {Value(args)...};
    return Run(sql, values);
  }
  /// The number of rows touched.
  template <class... Args>
  absl::StatusOr<int64_t> Execute(std::string_view sql, const Args&... args) {
    absl::StatusOr<Rows> rows = Query(sql, args...);
    if (!rows.ok()) return rows.status();
    return rows->changed();
  }
  /// One statement with arguments gathered at run time.
  virtual absl::StatusOr<Rows> Run(std::string_view sql, std::span<const Value> args) = 0;
  /// Several statements in order, on PostgreSQL in one round trip. The answers stand in the same order; the
  /// first failure is the answer of all.
  virtual absl::StatusOr<std::vector<Rows>> Batch(std::span<const BoundStatement> statements) = 0;
  /// Statements without arguments or answers, separated by semicolons: what migrations are made of.
  virtual absl::Status RunScript(std::string_view sql) = 0;

  /// Makes this write wait until no other write holds one of the same names, until it ends: what two writers
  /// must not decide at the same time. Ask once, for all names. On SQLite, with its one writer, nothing to
  /// do.
  virtual absl::Status Lock(std::span<const std::string_view> names) = 0;

  virtual const Dialect& dialect() const = 0;
  /// The call that this work is part of: what is left of its deadline bounds each statement.
  virtual const Call& call() const = 0;
};

}  // namespace limpid::sql

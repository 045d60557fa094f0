#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "libs/sql/session.h"
#include "libs/sql/sqlite/connection.h"

namespace limpid::sql {

/// A piece of work's view of a SqliteConnection: for as long as it lives, the call's end interrupts
/// statements.
class SqliteSession final : public Session {
 public:
  SqliteSession(SqliteConnection& connection, const Call& call);
  ~SqliteSession() override;
  SqliteSession(const SqliteSession&) = delete;
  SqliteSession& operator=(const SqliteSession&) = delete;

  absl::StatusOr<Rows> Run(std::string_view sql, std::span<const Value> args) override;
  absl::StatusOr<std::vector<Rows>> Batch(std::span<const BoundStatement> statements) override;
  absl::Status RunScript(std::string_view sql) override;
  absl::Status Lock(std::span<const std::string_view> names) override;
  const Dialect& dialect() const override { return SqliteDialect(); }
  const Call& call() const override { return call_; }

  /// The first failure of a statement; OK when there was none.
  const absl::Status& failure() const { return failure_; }

 private:
  absl::StatusOr<std::vector<Rows>> RunEach(std::span<const BoundStatement> statements);

  SqliteConnection& connection_;
  const Call& call_;
  absl::Status failure_;
};

}  // namespace limpid::sql

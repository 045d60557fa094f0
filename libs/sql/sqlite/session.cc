#include "libs/sql/sqlite/session.h"

#include <utility>

namespace limpid::sql {

SqliteSession::SqliteSession(SqliteConnection& connection, const Call& call)
    : connection_(connection), call_(call) {
  connection_.SetCall(&call_);
}

SqliteSession::~SqliteSession() { connection_.SetCall(nullptr); }

absl::StatusOr<Rows> SqliteSession::Run(std::string_view sql, std::span<const Value> args) {
  absl::StatusOr<Rows> rows = connection_.Run(sql, args);
  if (!rows.ok()) failure_.Update(rows.status());
  return rows;
}

absl::StatusOr<std::vector<Rows>> SqliteSession::Batch(std::span<const BoundStatement> statements) {
  // One transaction takes and gives back the locks once, which costs as much as a look-up.
  const bool wrap = statements.size() > 1 && !connection_.InTransaction();
  if (wrap) {
    if (absl::StatusOr<Rows> begun = Run("BEGIN", {}); !begun.ok()) return begun.status();
  }
  absl::StatusOr<std::vector<Rows>> answers = RunEach(statements);
  if (wrap && connection_.InTransaction()) {
    if (absl::StatusOr<Rows> ended = Run("COMMIT", {}); !ended.ok()) return ended.status();
  }
  return answers;
}

absl::StatusOr<std::vector<Rows>> SqliteSession::RunEach(std::span<const BoundStatement> statements) {
  std::vector<Rows> answers;
  answers.reserve(statements.size());
  for (const BoundStatement& statement : statements) {
    absl::StatusOr<Rows> rows = Run(statement.sql, statement.args);
    if (!rows.ok()) return rows.status();
    answers.push_back(*std::move(rows));
  }
  return answers;
}

absl::Status SqliteSession::RunScript(std::string_view sql) {
  absl::Status status = connection_.RunScript(sql);
  failure_.Update(status);
  return status;
}

absl::Status SqliteSession::Lock(std::span<const std::string_view>) { return absl::OkStatus(); }

}  // namespace limpid::sql

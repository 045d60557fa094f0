#include "libs/sql/postgres/session.h"

#include <algorithm>
#include <utility>

#include "libs/base/strings.h"

namespace limpid::sql {

absl::StatusOr<std::vector<Rows>> PostgresSession::Send(std::vector<BoundStatement> statements) {
  const bool begins = kind_ == Kind::kTransaction && !begun_;
  if (begins) statements.insert(statements.begin(), {.sql = "BEGIN", .args = {}});
  begun_ = begun_ || begins;
  absl::StatusOr<std::vector<Rows>> answers = connection_.Run(statements, call_);
  if (!answers.ok()) {
    failure_.Update(answers.status());
  } else if (begins) {
    answers->erase(answers->begin());
  }
  return answers;
}

absl::StatusOr<Rows> PostgresSession::Run(std::string_view sql, std::span<const Value> args) {
  absl::StatusOr<std::vector<Rows>> answers = Send({{.sql = sql, .args = {args.begin(), args.end()}}});
  if (!answers.ok()) return answers.status();
  return std::move(answers->front());
}

absl::StatusOr<std::vector<Rows>> PostgresSession::Batch(std::span<const BoundStatement> statements) {
  if (statements.empty()) return std::vector<Rows>();
  return Send({statements.begin(), statements.end()});
}

absl::Status PostgresSession::RunScript(std::string_view sql) {
  if (kind_ == Kind::kTransaction && !begun_) {
    begun_ = true;
    failure_.Update(connection_.RunScript("BEGIN", call_));
    if (!failure_.ok()) return failure_;
  }
  absl::Status status = connection_.RunScript(sql, call_);
  failure_.Update(status);
  return status;
}

absl::Status PostgresSession::Lock(std::span<const std::string_view> names) {
  // In one order everywhere, so that two writers cannot wait for each other. The schema keeps services apart,
  // as advisory locks hold for the whole database.
  std::vector<std::string> sorted;
  sorted.reserve(names.size());
  for (const std::string_view name : names) sorted.push_back(StrCat(schema_, "/", name));
  std::ranges::sort(sorted);
  std::vector<BoundStatement> locks;
  locks.reserve(sorted.size());
  for (const std::string& name : sorted) {
    locks.push_back(Bind("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", name));
  }
  return Batch(locks).status();
}

}  // namespace limpid::sql

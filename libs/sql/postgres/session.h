#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/sql/postgres/connection.h"
#include "libs/sql/session.h"

namespace limpid::sql {

/// A piece of work's view of a PostgresConnection.
class PostgresSession final : public Session {
 public:
  enum class Kind {
    kRead,         ///< Each statement or batch on its own.
    kTransaction,  ///< One transaction, begun along with the first statement: no round trip for BEGIN.
  };

  PostgresSession(PostgresConnection& connection, const Call& call, Kind kind, std::string_view schema)
      : connection_(connection), call_(call), kind_(kind), schema_(schema) {}

  absl::StatusOr<Rows> Run(std::string_view sql, std::span<const Value> args) override;
  absl::StatusOr<std::vector<Rows>> Batch(std::span<const BoundStatement> statements) override;
  absl::Status RunScript(std::string_view sql) override;
  absl::Status Lock(std::span<const std::string_view> names) override;
  const Dialect& dialect() const override { return PostgresDialect(); }
  const Call& call() const override { return call_; }

  /// The first failure of a statement; OK when there was none.
  const absl::Status& failure() const { return failure_; }
  /// True once a transaction was begun at the server.
  bool begun() const { return begun_; }

 private:
  absl::StatusOr<std::vector<Rows>> Send(std::vector<BoundStatement> statements);

  PostgresConnection& connection_;
  const Call& call_;
  const Kind kind_;
  const std::string_view schema_;
  bool begun_ = false;
  absl::Status failure_;
};

}  // namespace limpid::sql

#pragma once

#include <memory>
#include <string>

#include "libs/base/executor.h"
#include "libs/sql/database.h"
#include "libs/sql/pool.h"
#include "libs/sql/postgres/connection.h"
#include "libs/sql/postgres/replica_link.h"

namespace limpid::sql {

/// A schema of a PostgreSQL database, by a pool of connections. Thread-safe.
///
/// Needs real sessions: a pooler in transaction mode (pgbouncer's) breaks prepared statements and LISTEN.
class PostgresDatabase final : public Database {
 public:
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& url, const Options& options);

  using Database::Write;
  absl::Status Read(const Call& call, Work work) override;
  void Write(const Call& call, OwnedWork work, Committed done) override;
  absl::Status Write(const Call& call, Work work) override;
  const Dialect& dialect() const override { return PostgresDialect(); }
  absl::Status Reachable() const override;

 private:
  /// How an attempt ended, and whether it may be made again.
  struct Attempt {
    absl::Status status;
    enum class Next { kNone, kAtOnce, kAfterPause } next = Next::kNone;
  };

  PostgresDatabase(const PostgresConnection::Settings& settings, const Options& options);
  Attempt TryRead(const Call& call, Work work);
  Attempt TryWrite(const Call& call, Work work);
  /// Runs `attempt` until it ends for good.
  absl::Status Retry(const Call& call, absl::FunctionRef<Attempt()> attempt);

  const std::string schema_;
  Pool<PostgresConnection> pool_;
  ReplicaLink link_;
  Executor writers_;
};

}  // namespace limpid::sql

#pragma once

#include <memory>
#include <string>

#include "libs/base/executor.h"
#include "libs/base/retry.h"
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
  /// How an attempt ended, and whether it was undone by what may pass: then it may be made again.
  struct Attempt {
    absl::Status status;
    bool again = false;
  };

  PostgresDatabase(const PostgresConnection::Settings& settings, const Options& options);
  Attempt TryRead(const Call& call, Work work);
  Attempt TryWrite(const Call& call, Work work);
  /// Makes attempts until one ends for good, the call is over or the retries are spent.
  absl::Status Retry(const Call& call, absl::FunctionRef<Attempt()> attempt);
  /// True for a collision with another transaction and for a connection that was found dead.
  bool MayPass(const absl::Status& failure, const PostgresConnection& connection);

  const std::string schema_;
  Pool<PostgresConnection> pool_;
  ReplicaLink link_;
  RetryPolicy retries_;
  Executor writers_;
};

}  // namespace limpid::sql

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/sql/commit_signal.h"
#include "libs/sql/dialect.h"
#include "libs/sql/session.h"

namespace limpid::sql {

struct Options {
  /// PostgreSQL only: the schema of this service, `[a-z_][a-z0-9_]*`, made when it is missing.
  std::string schema = "limpid";
  /// Connections for reading (SQLite) or for everything (PostgreSQL); a call beyond waits for one. At least
  /// the number of threads that read at a time.
  int max_connections = 16;
  /// Writes that may wait for their turn; one more is refused with OVERLOADED.
  size_t max_pending_writes = 4096;
  /// PostgreSQL only: how long opening a connection may take, within what is left of the call.
  absl::Duration connect_timeout = absl::Seconds(5);
  /// PostgreSQL only: how often followers are told to look even when no replica spoke up.
  absl::Duration poll_interval = absl::Seconds(1);
};

/// One service's database. Thread-safe.
///
/// Errors: ALREADY_EXISTS for a unique value that is taken; RESOURCE_EXHAUSTED with reason STORAGE_FULL when
/// the disk is full (reading goes on) or OVERLOADED; UNAVAILABLE when the database does not answer; ABORTED
/// with reason WRITE_CONFLICT when the work collided with other writes each time it was run; CANCELLED or
/// DEADLINE_EXCEEDED when the call is over, which also ends a running statement. No error holds a value of a
/// row.
class Database {
 public:
  /// May run more than once, the earlier runs being undone: it must leave nothing behind but its last answer.
  using Work = absl::FunctionRef<absl::Status(Session&)>;
  using OwnedWork = absl::AnyInvocable<absl::Status(Session&)>;
  using Committed = absl::AnyInvocable<void(absl::Status)>;

  /// `sqlite:PATH` (folders on the way are made, the file is for its owner only) or `postgres://…`.
  static absl::StatusOr<std::unique_ptr<Database>> Open(std::string_view url, const Options& options);
  /// Ends what was admitted.
  virtual ~Database() = default;

  /// Runs `work` on the caller's thread with a connection of its own. Each statement sees all that was
  /// committed before it began.
  virtual absl::Status Read(const Call& call, Work work) = 0;

  /// Runs `work` as one transaction and then `done`, once, with OK when all of it is on disk and else with
  /// nothing of it done. `done` runs on a thread of the database: it must be quick and must not block.
  ///
  /// SQLite: one thread runs what waits, each work in a savepoint, and commits all with one fsync; a work
  /// that fails takes back only itself. PostgreSQL: a transaction each, at READ COMMITTED whatever the
  /// server's default is; one that collided with another is run again after a random pause. What is cancelled
  /// or expired before its turn is not begun.
  virtual void Write(const Call& call, OwnedWork work, Committed done) = 0;
  /// The same, waiting for the end. Not from a `done` or from inside another work.
  virtual absl::Status Write(const Call& call, Work work) = 0;

  virtual const Dialect& dialect() const = 0;
  /// OK, or UNAVAILABLE while the server is known to be away. Looks at what is known and asks nobody, so it
  /// may be called anywhere; a server that has just gone is noticed within seconds.
  virtual absl::Status Reachable() const { return absl::OkStatus(); }
  /// Speaks up after each commit of this process and, on PostgreSQL, of other replicas.
  CommitSignal& commits() { return commits_; }

 private:
  CommitSignal commits_;
};

}  // namespace limpid::sql

#include "libs/sql/postgres/database.h"

#include <algorithm>
#include <array>
#include <optional>
#include <thread>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "libs/sql/postgres/session.h"

namespace limpid::sql {
namespace {

// Threads that carry asynchronous writes: PostgreSQL shares one flush of its log among those that commit at
// the same time.
constexpr int kMaxWriters = 8;
// A collision is over as soon as the other transaction is, so the first pause is short; half a second of
// pauses says that this one will not get through. The budget keeps a database in which most work collides
// from spending itself on repeats.
constexpr RetryPolicy::Options kRetries = {.max_retries = 10,
                                           .initial_delay = absl::Milliseconds(2),
                                           .max_delay = absl::Milliseconds(100),
                                           .budget = 1,
                                           .min_retries_per_second = 10};
// What a commit gets even when its call is over: to cut it off would leave unknown whether it happened.
constexpr absl::Duration kCommitTimeout = absl::Seconds(10);

Call CommitCall() {
  Call call;
  return call.Within(kCommitTimeout);
}

absl::Status MakeSchema(PostgresConnection& connection, const std::string& schema, const Call& call) {
  // Asked first, as making one needs a right on the database that a careful operator does not give.
  const std::array query = {Bind("SELECT 1 FROM pg_namespace WHERE nspname = ?", schema)};
  const absl::StatusOr<std::vector<Rows>> found = connection.Run(query, call);
  if (!found.ok()) return found.status();
  if (!found->front().empty()) return absl::OkStatus();
  // Two replicas that start together: the second one waits for the first.
  return connection.RunScript(StrCat("BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('", schema,
                                     "', 0)); CREATE SCHEMA IF NOT EXISTS \"", schema, "\"; COMMIT"),
                              call);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> PostgresDatabase::Open(const std::string& url,
                                                                 const Options& options) {
  const PostgresConnection::Settings settings{
      .url = url, .schema = options.schema, .connect_timeout = options.connect_timeout};
  const Call call;
  const auto connection = PostgresConnection::Open(settings, call);
  if (!connection.ok()) return connection.status();
  if (absl::Status status = MakeSchema(**connection, options.schema, call); !status.ok()) return status;
  return std::unique_ptr<Database>(new PostgresDatabase(settings, options));
}

PostgresDatabase::PostgresDatabase(const PostgresConnection::Settings& settings, const Options& options)
    : schema_(settings.schema),
      pool_(options.max_connections,
            [settings](const Call& call) -> absl::StatusOr<std::unique_ptr<PostgresConnection>> {
              auto connection = PostgresConnection::Open(settings, call);
              // Hosts and users are not for a caller's eyes.
              if (absl::IsUnavailable(connection.status())) return Unavailable("database");
              return connection;
            }),
      link_(settings, options.poll_interval, commits()),
      retries_(kRetries),
      writers_({.name = "postgres-writer",
                .threads = std::min(options.max_connections, kMaxWriters),
                .max_queue = options.max_pending_writes}) {}

absl::Status PostgresDatabase::Reachable() const {
  return link_.connected() ? absl::OkStatus() : Unavailable("database");
}

absl::Status PostgresDatabase::Retry(const Call& call, absl::FunctionRef<Attempt()> attempt) {
  if (absl::Status over = call.Check(); !over.ok()) return over;
  retries_.CountRequest();
  for (int made = 1;; ++made) {
    Attempt result = attempt();
    if (!result.again) return std::move(result.status);
    if (absl::Status over = call.Check(); !over.ok()) return over;
    const std::optional<absl::Duration> pause = retries_.NextDelay(made, call);
    if (!pause) return std::move(result.status);
    // Without a connection: it was given back at the end of the attempt.
    std::this_thread::sleep_for(absl::ToChronoNanoseconds(*pause));
  }
}

absl::Status PostgresDatabase::Read(const Call& call, Work work) {
  return Retry(call, [&] { return TryRead(call, work); });
}

PostgresDatabase::Attempt PostgresDatabase::TryRead(const Call& call, Work work) {
  const auto connection = pool_.Acquire(call);
  if (!connection.ok()) return {.status = connection.status()};
  PostgresSession session(**connection, call, PostgresSession::Kind::kRead, schema_);
  absl::Status status = work(session);
  if (MayPass(session.failure(), **connection)) return {.status = session.failure(), .again = true};
  return {.status = std::move(status)};
}

absl::Status PostgresDatabase::Write(const Call& call, Work work) {
  absl::Status status = Retry(call, [&] { return TryWrite(call, work); });
  if (status.ok()) {
    commits().Notify();
    link_.Tell();
  }
  return status;
}

PostgresDatabase::Attempt PostgresDatabase::TryWrite(const Call& call, Work work) {
  const auto lease = pool_.Acquire(call);
  if (!lease.ok()) return {.status = lease.status()};
  PostgresConnection& connection = **lease;
  PostgresSession session(connection, call, PostgresSession::Kind::kTransaction, schema_);
  absl::Status status = work(session);
  if (!session.begun()) return {.status = std::move(status)};
  if (status.ok()) status = session.failure();

  static const std::array<BoundStatement, 1> kCommit = {{{.sql = "COMMIT", .args = {}}}};
  static const std::array<BoundStatement, 1> kRollback = {{{.sql = "ROLLBACK", .args = {}}}};
  if (status.ok()) {
    status = connection.Run(kCommit, CommitCall()).status();
    // Not for a connection lost here: whether it was committed is not known, so it is not run again.
    const bool collided = absl::IsAborted(status);
    return {.status = std::move(status), .again = collided};
  }
  if (!connection.broken()) connection.Run(kRollback, CommitCall()).IgnoreError();
  if (MayPass(session.failure(), connection)) return {.status = session.failure(), .again = true};
  return {.status = std::move(status)};
}

bool PostgresDatabase::MayPass(const absl::Status& failure, const PostgresConnection& connection) {
  if (absl::IsAborted(failure)) return true;
  if (!absl::IsUnavailable(failure) || !connection.broken()) return false;
  // The server was restarted: the other idle connections are dead, too. A new one will tell.
  pool_.CloseIdle();
  return true;
}

void PostgresDatabase::Write(const Call& call, OwnedWork work, Committed done) {
  // Shared: when the task is refused, its `done` is still ours to call.
  auto write = std::make_shared<std::pair<OwnedWork, Committed>>(std::move(work), std::move(done));
  const absl::Status admitted = writers_.Submit([this, call, write] {
    absl::Status status = Write(call, [&](Session& session) { return write->first(session); });
    write->second(std::move(status));
  });
  if (!admitted.ok()) write->second(admitted);
}

}  // namespace limpid::sql

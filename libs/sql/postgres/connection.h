#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/sql/rows.h"
#include "libs/sql/session.h"

struct pg_conn;
struct pg_result;

namespace limpid::sql {

/// One connection to PostgreSQL in pipeline mode, with its prepared statements. One thread at a time.
///
/// A statement that outlives its call is cancelled at the server, and the connection is broken then: a cancel
/// request may arrive late and would hit the next statement.
class PostgresConnection {
 public:
  struct Settings {
    std::string url;
    std::string schema;  ///< The search path; empty for none.
    absl::Duration connect_timeout = absl::Seconds(5);
  };

  /// UNAVAILABLE says in libpq's words why; these name hosts and users and are for the operator only.
  static absl::StatusOr<std::unique_ptr<PostgresConnection>> Open(const Settings& settings, const Call& call);
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  /// All statements in one round trip, the texts that are new here prepared on the way. Outside a transaction
  /// they are one together. The first failure is the answer.
  absl::StatusOr<std::vector<Rows>> Run(std::span<const BoundStatement> statements, const Call& call);
  absl::Status RunScript(std::string_view sql, const Call& call);

  /// True when other backends sent notifications since the last look. For a connection that listens.
  bool TakeNotifications();
  int socket() const;
  bool broken() const;

 private:
  struct ResultDeleter {
    void operator()(pg_result* result) const;
  };
  using Result = std::unique_ptr<pg_result, ResultDeleter>;
  class StopWatch;

  PostgresConnection(pg_conn* connection, int wake) : connection_(connection), wake_(wake) {}
  absl::Status Connect(const Call& call);
  absl::Status SetUp(const Settings& settings, const Call& call);
  absl::Status Send(const BoundStatement& statement, bool& prepares);
  absl::StatusOr<std::vector<Rows>> Receive(std::span<const BoundStatement> statements,
                                            const std::vector<bool>& prepares, const Call& call);
  /// Waits until the socket is ready (poll's `events`) or the call is over, which breaks the connection.
  absl::Status Wait(short events, const Call& call);
  absl::Status Flush(const Call& call);
  /// The next result; null where a statement's results end.
  absl::StatusOr<Result> Next(const Call& call);
  absl::Status Abandon(absl::Status why);

  pg_conn* const connection_;
  const int wake_;  ///< An eventfd: written when the call is stopped.
  bool broken_ = false;
  int next_statement_ = 0;
  absl::flat_hash_map<std::string, std::string> statements_;  ///< Text as written → name at the server.
};

}  // namespace limpid::sql

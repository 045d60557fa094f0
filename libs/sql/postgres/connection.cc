#include "libs/sql/postgres/connection.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <optional>
#include <stop_token>
#include <utility>

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "absl/cleanup/cleanup.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/sql/dialect.h"
#include "libs/sql/postgres/error.h"
#include "libs/sql/postgres/wire.h"

namespace limpid::sql {
namespace {

// Far above what a service has; texts beyond it, made at run time, are parsed each time.
constexpr size_t kMaxStatements = 512;

// synchronous_commit stays as the operator set it (remote_apply, say), but for `off`, under which an
// acknowledged write may be lost. The isolation is what Database promises: under a stricter default, a write
// that waited for a lock would not see what its holder wrote. client_connection_check_interval ends what a
// vanished client left running.
constexpr std::string_view kSetUp =
    "SELECT CASE WHEN current_setting('synchronous_commit') = 'off' "
    "THEN set_config('synchronous_commit', 'on', false) END; "
    "SET default_transaction_isolation = 'read committed'; "
    "SET client_min_messages = warning; SET client_connection_check_interval = '2s'; "
    "SET idle_in_transaction_session_timeout = '60s'";

void IgnoreNotice(void*, const pg_result*) {}

int MillisLeft(const Call& call) {
  const absl::Duration left = call.Remaining();
  if (left == absl::InfiniteDuration()) return -1;
  // Rounded up: to wake a little late is to find the call over.
  return static_cast<int>(
      std::min<int64_t>(absl::ToInt64Milliseconds(left) + 1, std::numeric_limits<int>::max()));
}

bool Failed(const pg_result* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY;
}

}  // namespace

void PostgresConnection::ResultDeleter::operator()(pg_result* result) const { PQclear(result); }

// While it lives, a stop of the call wakes Wait.
class PostgresConnection::StopWatch {
 public:
  StopWatch(const Call& call, int wake) {
    if (call.stop.stop_possible()) callback_.emplace(call.stop, Wake{wake});
  }

 private:
  struct Wake {
    void operator()() const { eventfd_write(descriptor, 1); }
    int descriptor;
  };
  std::optional<std::stop_callback<Wake>> callback_;
};

absl::StatusOr<std::unique_ptr<PostgresConnection>> PostgresConnection::Open(const Settings& settings,
                                                                             const Call& call) {
  // The URL comes last, so that it overrides what is only our default.
  const std::array<const char*, 5> names = {"application_name", "tcp_user_timeout", "client_encoding",
                                            "dbname", nullptr};
  const std::array<const char*, 5> values = {"limpid", "10000", "UTF8", settings.url.c_str(), nullptr};
  pg_conn* const raw = PQconnectStartParams(names.data(), values.data(), /*expand_dbname=*/1);
  if (raw == nullptr) return Unavailable("database");
  const int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  auto connection = std::unique_ptr<PostgresConnection>(new PostgresConnection(raw, wake));
  if (wake < 0) return Unavailable("database");
  const Call bounded = call.Within(settings.connect_timeout);
  if (absl::Status status = connection->Connect(bounded); !status.ok()) {
    // The caller's own end is told as such, our timeout as a database that does not answer.
    if (absl::Status over = call.Check(); !over.ok()) return over;
    return MakeError(absl::StatusCode::kUnavailable, reason::kServiceUnavailable,
                     StrCat("The database does not answer: ", PQerrorMessage(raw)));
  }
  if (absl::Status status = connection->SetUp(settings, bounded); !status.ok()) return status;
  return connection;
}

PostgresConnection::~PostgresConnection() {
  PQfinish(connection_);
  if (wake_ >= 0) close(wake_);
}

absl::Status PostgresConnection::Connect(const Call& call) {
  const StopWatch watch(call, wake_);
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;
  while (state != PGRES_POLLING_OK) {
    if (state == PGRES_POLLING_FAILED || PQstatus(connection_) == CONNECTION_BAD)
      return Unavailable("database");
    if (absl::Status status = Wait(state == PGRES_POLLING_READING ? POLLIN : POLLOUT, call); !status.ok()) {
      return status;
    }
    state = PQconnectPoll(connection_);
  }
  PQsetNoticeReceiver(connection_, &IgnoreNotice, nullptr);
  return PQsetnonblocking(connection_, 1) == 0 ? absl::OkStatus() : Unavailable("database");
}

absl::Status PostgresConnection::SetUp(const Settings& settings, const Call& call) {
  if (absl::Status status = RunScript(kSetUp, call); !status.ok()) return status;
  if (settings.schema.empty()) return absl::OkStatus();
  return RunScript(StrCat("SET search_path = \"", settings.schema, "\""), call);
}

bool PostgresConnection::broken() const { return broken_ || PQstatus(connection_) == CONNECTION_BAD; }

int PostgresConnection::socket() const { return PQsocket(connection_); }

absl::Status PostgresConnection::Abandon(absl::Status why) {
  broken_ = true;
  if (PQstatus(connection_) != CONNECTION_OK) return why;
  if (PGcancel* const cancel = PQgetCancel(connection_); cancel != nullptr) {
    std::array<char, 256> message;
    PQcancel(cancel, message.data(), static_cast<int>(message.size()));
    PQfreeCancel(cancel);
  }
  return why;
}

absl::Status PostgresConnection::Wait(short events, const Call& call) {
  for (;;) {
    if (absl::Status over = call.Check(); !over.ok()) return Abandon(std::move(over));
    std::array<pollfd, 2> descriptors = {pollfd{socket(), events, 0}, pollfd{wake_, POLLIN, 0}};
    const int ready = poll(descriptors.data(), descriptors.size(), MillisLeft(call));
    if (ready < 0 && errno != EINTR) return Abandon(Unavailable("database"));
    if (ready > 0 && descriptors[0].revents != 0) return absl::OkStatus();
    if (ready > 0 && descriptors[1].revents != 0) {
      // Emptied here: what an earlier call left must not spin us.
      eventfd_t count = 0;
      eventfd_read(wake_, &count);
    }
  }
}

absl::Status PostgresConnection::Flush(const Call& call) {
  for (;;) {
    const int left = PQflush(connection_);
    if (left == 0) return absl::OkStatus();
    if (left < 0) return Unavailable("database");
    if (absl::Status status = Wait(POLLIN | POLLOUT, call); !status.ok()) return status;
    // The server may be unable to read on before we have taken its answers.
    if (PQconsumeInput(connection_) == 0) return Unavailable("database");
  }
}

absl::StatusOr<PostgresConnection::Result> PostgresConnection::Next(const Call& call) {
  while (PQisBusy(connection_) != 0) {
    if (absl::Status status = Wait(POLLIN, call); !status.ok()) return status;
    if (PQconsumeInput(connection_) == 0) return Unavailable("database");
  }
  Result result(PQgetResult(connection_));
  if (PQstatus(connection_) == CONNECTION_BAD) return Unavailable("database");
  return result;
}

absl::Status PostgresConnection::Send(const BoundStatement& statement, bool& prepares) {
  const WireArguments args(statement.args);
  auto found = statements_.find(Absl(statement.sql));
  prepares = found == statements_.end() && statements_.size() < kMaxStatements;
  int sent = 1;
  if (prepares) {
    const std::string name = StrCat("s", next_statement_++);
    sent = PQsendPrepare(connection_, name.c_str(), PostgresDialect().Translate(statement.sql).c_str(), 0,
                         nullptr);
    found = statements_.emplace(std::string(statement.sql), name).first;
  }
  if (sent == 1) {
    sent = found == statements_.end()
               ? PQsendQueryParams(connection_, PostgresDialect().Translate(statement.sql).c_str(),
                                   args.count(), nullptr, args.pointers(), args.lengths(), args.formats(), 1)
               : PQsendQueryPrepared(connection_, found->second.c_str(), args.count(), args.pointers(),
                                     args.lengths(), args.formats(), 1);
  }
  return sent == 1 ? absl::OkStatus() : Unavailable("database");
}

absl::StatusOr<std::vector<Rows>> PostgresConnection::Run(std::span<const BoundStatement> statements,
                                                          const Call& call) {
  if (absl::Status over = call.Check(); !over.ok()) return over;
  if (broken()) return Unavailable("database");
  const StopWatch watch(call, wake_);
  if (PQenterPipelineMode(connection_) == 0) return Abandon(Unavailable("database"));
  // On the early ways out answers are missing: the connection cannot be used any more.
  absl::Cleanup give_up = [this] { broken_ = true; };
  std::vector<bool> prepares;
  for (const BoundStatement& statement : statements) {
    bool prepares_this = false;
    if (absl::Status status = Send(statement, prepares_this); !status.ok()) return status;
    prepares.push_back(prepares_this);
  }
  if (PQpipelineSync(connection_) == 0) return Unavailable("database");
  if (absl::Status status = Flush(call); !status.ok()) return status;
  absl::StatusOr<std::vector<Rows>> answers = Receive(statements, prepares, call);
  if (!broken() && PQexitPipelineMode(connection_) == 1) std::move(give_up).Cancel();
  return answers;
}

// Reads on after a failure, to the end of the pipeline: the connection lives on.
absl::StatusOr<std::vector<Rows>> PostgresConnection::Receive(std::span<const BoundStatement> statements,
                                                              const std::vector<bool>& prepares,
                                                              const Call& call) {
  std::vector<Rows> answers;
  answers.reserve(statements.size());
  absl::Status failure;
  for (size_t i = 0; i < statements.size(); ++i) {
    for (const bool preparing : {true, false}) {
      if (preparing && !prepares[i]) continue;
      const absl::StatusOr<Result> result = Next(call);
      if (!result.ok()) return Abandon(result.status());
      const pg_result* const raw = result->get();
      if (Failed(raw)) {
        // After a failure the server skips the rest: its answers say only that.
        if (PQresultStatus(raw) != PGRES_PIPELINE_ABORTED) failure.Update(PostgresError(raw));
        if (preparing) statements_.erase(Absl(statements[i].sql));
      } else if (!preparing && failure.ok()) {
        absl::StatusOr<Rows> rows = RowsOf(raw);
        failure.Update(rows.status());
        if (rows.ok()) answers.push_back(*std::move(rows));
      }
      if (const absl::StatusOr<Result> end = Next(call); !end.ok()) return Abandon(end.status());
    }
  }
  if (const absl::StatusOr<Result> sync = Next(call); !sync.ok()) return Abandon(sync.status());
  if (!failure.ok()) return failure;
  return answers;
}

absl::Status PostgresConnection::RunScript(std::string_view sql, const Call& call) {
  if (absl::Status over = call.Check(); !over.ok()) return over;
  if (broken()) return Unavailable("database");
  const StopWatch watch(call, wake_);
  if (PQsendQuery(connection_, PostgresDialect().Translate(sql).c_str()) == 0) {
    return Abandon(Unavailable("database"));
  }
  if (absl::Status status = Flush(call); !status.ok()) return Abandon(std::move(status));
  absl::Status failure;
  for (;;) {
    const absl::StatusOr<Result> result = Next(call);
    if (!result.ok()) return Abandon(result.status());
    if (*result == nullptr) return failure;
    if (Failed(result->get())) failure.Update(PostgresError(result->get()));
  }
}

bool PostgresConnection::TakeNotifications() {
  if (PQconsumeInput(connection_) == 0) broken_ = true;
  bool from_others = false;
  while (PGnotify* const notification = PQnotifies(connection_)) {
    from_others = from_others || notification->be_pid != PQbackendPID(connection_);
    PQfreemem(notification);
  }
  return from_others;
}

}  // namespace limpid::sql

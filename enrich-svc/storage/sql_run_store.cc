#include "enrich-svc/storage/sql_run_store.h"

#include <utility>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::enrich {
namespace {

// What ReadRun reads, in its order.
#define LIMPID_RUN_COLUMNS \
  "tenant, id, scenario, contact, state, attempts, filled_fields, error_reason, create_time, end_time"

absl::StatusOr<Run> ReadRun(const sql::Row& row) {
  const std::optional<RunState> state = RunStateFromName(row.Text(4));
  if (!state) return absl::DataLossError("a run has an unknown state");
  Run run{.tenant = TenantId(std::string(row.Text(0))),
          .id = RunId(std::string(row.Text(1))),
          .scenario = ScenarioId(std::string(row.Text(2))),
          .contact = ContactId(std::string(row.Text(3))),
          .state = *state,
          .attempts = static_cast<int>(row.Int(5)),
          .filled_fields = absl::StrSplit(Absl(row.Text(6)), ',', absl::SkipEmpty()),
          .error_reason = std::string(row.Text(7)),
          .create_time = row.Time(8)};
  if (!row.IsNull(9)) run.end_time = row.Time(9);
  return run;
}

absl::StatusOr<std::vector<Run>> ReadRuns(const sql::Rows& rows) {
  std::vector<Run> runs;
  runs.reserve(rows.size());
  for (const sql::Row row : rows) {
    absl::StatusOr<Run> run = ReadRun(row);
    if (!run.ok()) return run.status();
    runs.push_back(*std::move(run));
  }
  return runs;
}

}  // namespace

absl::StatusOr<bool> SqlRunStore::TakeWatch(const Call& call, const WatchLease& lease) {
  bool taken = false;
  const absl::Status status = database_.Write(call, [&](sql::Session& session) {
    const absl::StatusOr<int64_t> changed = session.Execute(
        "UPDATE watch SET replica = ?, lease_until = ? WHERE one = 1 AND (replica = ? OR lease_until <= ?)",
        lease.replica, lease.until, lease.replica, lease.now);
    taken = changed.ok() && *changed == 1;
    return changed.status();
  });
  if (!status.ok()) return status;
  return taken;
}

absl::Status SqlRunStore::ReleaseWatch(const Call& call, std::string_view replica) {
  return database_.Write(call, [&](sql::Session& session) {
    return session.Execute("UPDATE watch SET lease_until = 0 WHERE one = 1 AND replica = ?", replica)
        .status();
  });
}

absl::StatusOr<std::optional<std::string>> SqlRunStore::Cursor(const Call& call) {
  std::optional<std::string> cursor;
  const absl::Status status = database_.Read(call, [&](sql::Session& session) {
    const absl::StatusOr<sql::Rows> rows = session.Query("SELECT cursor FROM watch WHERE one = 1");
    if (!rows.ok()) return rows.status();
    if (!rows->empty() && !rows->front().IsNull(0)) cursor = std::string(rows->front().Text(0));
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return cursor;
}

absl::Status SqlRunStore::Record(const Call& call, const WatchLease& lease, std::string_view cursor,
                                 std::span<const Run> runs) {
  return database_.Write(call, [&](sql::Session& session) {
    const absl::StatusOr<int64_t> ours =
        session.Execute("UPDATE watch SET cursor = ?, lease_until = ? WHERE one = 1 AND replica = ?", cursor,
                        lease.until, lease.replica);
    if (!ours.ok()) return ours.status();
    if (*ours != 1) {
      return FailedPrecondition(reason::kFailedPrecondition, "Another replica follows the contacts' events.");
    }
    std::vector<sql::BoundStatement> inserts;
    inserts.reserve(runs.size());
    for (const Run& run : runs) {
      inserts.push_back(
          sql::Bind("INSERT INTO runs (tenant, id, scenario, contact, state, attempts, due_time, "
                    "filled_fields, error_reason, create_time) "
                    "SELECT ?, ?, ?, ?, 'PENDING', 0, CAST(? AS BIGINT), '', '', CAST(? AS BIGINT) "
                    "WHERE NOT EXISTS (SELECT 1 FROM scenario_choices "
                    "WHERE tenant = ? AND scenario = ? AND state = 'PAUSED') ON CONFLICT DO NOTHING",
                    run.tenant.value(), run.id.value(), run.scenario.value(), run.contact.value(), lease.now,
                    run.create_time, run.tenant.value(), run.scenario.value()));
    }
    return session.Batch(inserts).status();
  });
}

absl::StatusOr<std::vector<Run>> SqlRunStore::Lease(const Call& call, absl::Time now, absl::Time until,
                                                    int limit) {
  absl::StatusOr<std::vector<Run>> runs;
  const absl::Status status = database_.Write(call, [&](sql::Session& session) {
    const absl::StatusOr<sql::Rows> rows = session.Query(
        "WITH due AS MATERIALIZED (SELECT tenant, id FROM runs WHERE due_time <= ? "
        "ORDER BY due_time LIMIT ? {skip_locked}) "
        "UPDATE runs SET state = 'RUNNING', attempts = attempts + 1, due_time = ? "
        "WHERE (tenant, id) IN (SELECT tenant, id FROM due) RETURNING " LIMPID_RUN_COLUMNS,
        now, limit, until);
    runs = rows.ok() ? ReadRuns(*rows) : rows.status();
    return runs.status();
  });
  if (!status.ok()) return status;
  return runs;
}

absl::Status SqlRunStore::Settle(const Call& call, std::span<const Settlement> settlements) {
  // Outside the work, which may run more than once: statements only look at their arguments.
  std::vector<std::string> filled;
  filled.reserve(settlements.size());
  for (const Settlement& settled : settlements) filled.push_back(absl::StrJoin(settled.filled_fields, ","));
  return database_.Write(call, [&](sql::Session& session) {
    std::vector<sql::BoundStatement> updates;
    updates.reserve(settlements.size());
    for (size_t i = 0; i < settlements.size(); ++i) {
      const Settlement& settled = settlements[i];
      const bool again = settled.state == RunState::kPending;
      const std::optional<absl::Time> due = again ? std::optional(settled.due_time) : std::nullopt;
      const std::optional<absl::Time> end = again ? std::nullopt : std::optional(settled.end_time);
      updates.push_back(sql::Bind(
          "UPDATE runs SET state = ?, due_time = ?, end_time = ?, filled_fields = ?, error_reason = ? "
          "WHERE tenant = ? AND id = ? AND attempts = ? AND state = 'RUNNING'",
          Name(settled.state), due, end, filled[i], settled.error_reason, settled.tenant.value(),
          settled.run.value(), settled.attempt));
    }
    return session.Batch(updates).status();
  });
}

absl::StatusOr<Run> SqlRunStore::Get(const Call& call, const RunId& id) {
  absl::StatusOr<Run> run = NotFound("run", id.value());
  const absl::Status status = database_.Read(call, [&](sql::Session& session) {
    const absl::StatusOr<sql::Rows> rows =
        session.Query("SELECT " LIMPID_RUN_COLUMNS " FROM runs WHERE tenant = ? AND id = ?",
                      call.tenant.value(), id.value());
    if (!rows.ok()) return rows.status();
    if (!rows->empty()) run = ReadRun(rows->front());
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return run;
}

absl::StatusOr<std::vector<Run>> SqlRunStore::List(const Call& call, const RunFilter& filter,
                                                   const std::optional<RunPosition>& after, int limit) {
  std::string text = "SELECT " LIMPID_RUN_COLUMNS " FROM runs WHERE tenant = ?";
  std::vector<sql::Value> args = {call.tenant.value()};
  if (filter.contact) {
    text += " AND contact = ?";
    args.emplace_back(filter.contact->value());
  }
  if (filter.state) {
    text += " AND state = ?";
    args.emplace_back(Name(*filter.state));
  }
  if (after) {
    text += " AND (create_time, id) < (?, ?)";
    args.emplace_back(after->create_time);
    args.emplace_back(after->id.value());
  }
  text += " ORDER BY create_time DESC, id DESC LIMIT ?";
  args.emplace_back(limit);

  absl::StatusOr<std::vector<Run>> runs;
  const absl::Status status = database_.Read(call, [&](sql::Session& session) {
    const absl::StatusOr<sql::Rows> rows = session.Run(text, args);
    runs = rows.ok() ? ReadRuns(*rows) : rows.status();
    return runs.status();
  });
  if (!status.ok()) return status;
  return runs;
}

absl::StatusOr<int64_t> SqlRunStore::DeleteEnded(const Call& call, absl::Time before, int limit) {
  int64_t deleted = 0;
  const absl::Status status = database_.Write(call, [&](sql::Session& session) {
    const absl::StatusOr<int64_t> changed = session.Execute(
        "DELETE FROM runs WHERE (tenant, id) IN "
        "(SELECT tenant, id FROM runs WHERE end_time < ? ORDER BY end_time LIMIT ?)",
        before, limit);
    if (changed.ok()) deleted = *changed;
    return changed.status();
  });
  if (!status.ok()) return status;
  return deleted;
}

}  // namespace limpid::enrich

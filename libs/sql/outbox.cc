#include "libs/sql/outbox.h"

#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::sql {
namespace {

// Both languages answer xid, id, tenant, type, subject, payload, event_time.
constexpr std::string_view kReadSqlite =
    "SELECT 0, id, tenant, type, subject, payload, event_time FROM outbox "
    "WHERE ? = 0 AND id > ? ORDER BY id LIMIT ?";
constexpr std::string_view kReadPostgres =
    "SELECT xid, id, tenant, type, subject, payload, event_time FROM outbox "
    "WHERE (xid, id) > (?, ?) AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint "
    "ORDER BY xid, id LIMIT ?";

// Floor, and the last position ever given out: a cursor beyond it is of a file that was replaced by an older
// one.
constexpr std::string_view kBoundsSqlite =
    "SELECT floor_xid, floor_id, 0, COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0) "
    "FROM outbox_state";
constexpr std::string_view kBoundsPostgres =
    "SELECT floor_xid, floor_id, pg_snapshot_xmax(pg_current_snapshot())::text::bigint, 0::bigint "
    "FROM outbox_state";

constexpr std::string_view kEndSqlite =
    "SELECT 0, COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0)";
constexpr std::string_view kEndPostgres =
    "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1, 9223372036854775807";

constexpr std::string_view kLastOldSqlite =
    "SELECT 0, id FROM outbox WHERE event_time < ? ORDER BY id DESC LIMIT 1";
constexpr std::string_view kLastOldPostgres =
    "SELECT xid, id FROM outbox WHERE event_time < ? ORDER BY xid DESC, id DESC LIMIT 1";
constexpr std::string_view kDeleteSqlite = "DELETE FROM outbox WHERE ? = 0 AND id <= ?";
constexpr std::string_view kDeletePostgres = "DELETE FROM outbox WHERE (xid, id) <= (?, ?)";

// What names the database that positions belong to.
constexpr std::string_view kEpochSqlite = "SELECT lower(hex(randomblob(6)))";
constexpr std::string_view kEpochPostgres = "SELECT to_hex(system_identifier) FROM pg_control_system()";

bool IsSqlite(const Session& session) { return session.dialect().backend == Backend::kSqlite; }

absl::Status Expired() {
  return FailedPrecondition(reason::kCursorExpired,
                            "The events after this cursor are no longer kept: read everything again.");
}

std::optional<int64_t> Number(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

// The epoch in force. One that differs from the server's means that the tables were restored into another
// one: what they hold comes before all that will be written.
absl::StatusOr<std::string> SettleEpoch(Session& session) {
  const std::string_view lock[] = {"outbox"};
  if (absl::Status status = session.Lock(lock); !status.ok()) return status;
  const std::array queries = {Bind("SELECT epoch FROM outbox_state"),
                              Bind(IsSqlite(session) ? kEpochSqlite : kEpochPostgres)};
  const absl::StatusOr<std::vector<Rows>> answers = session.Batch(queries);
  if (!answers.ok()) return answers.status();
  const Rows& kept = answers->front();
  std::string epoch(answers->back().front().Text(0));
  if (kept.empty()) {
    const auto made = session.Execute(
        "INSERT INTO outbox_state (one, epoch, floor_xid, floor_id) VALUES (1, ?, 0, 0)", epoch);
    if (!made.ok()) return made.status();
    return epoch;
  }
  if (IsSqlite(session) || kept.front().Text(0) == epoch) return std::string(kept.front().Text(0));
  const std::array repairs = {Bind("UPDATE outbox SET xid = 0"),
                              Bind("UPDATE outbox_state SET epoch = ?, floor_xid = 0, floor_id = 0", epoch)};
  if (const auto repaired = session.Batch(repairs); !repaired.ok()) return repaired.status();
  return epoch;
}

}  // namespace

absl::StatusOr<Outbox> Outbox::Open(Database& database, const Call& call) {
  absl::StatusOr<std::string> epoch;
  const absl::Status status = database.Write(call, [&](Session& session) {
    epoch = SettleEpoch(session);
    return epoch.status();
  });
  if (!status.ok()) return status;
  return Outbox(*std::move(epoch));
}

absl::Status Outbox::Append(Session& session, const OutboxEvent& event) const {
  return session
      .Execute("INSERT INTO outbox (tenant, type, subject, payload, event_time) VALUES (?, ?, ?, ?, ?)",
               event.tenant.value(), event.type, event.subject, Blob{event.payload}, event.time)
      .status();
}

absl::StatusOr<Outbox::Page> Outbox::Read(Session& session, std::string_view cursor,
                                          const ReadOptions& options) const {
  const absl::StatusOr<Position> from = PositionOf(cursor);
  if (!from.ok()) return from.status();
  // The bounds are read after the events: what was trimmed in between is then known to be missing.
  const std::array queries = {
      Bind(IsSqlite(session) ? kReadSqlite : kReadPostgres, from->xid, from->id, options.limit),
      Bind(IsSqlite(session) ? kBoundsSqlite : kBoundsPostgres)};
  const absl::StatusOr<std::vector<Rows>> answers = session.Batch(queries);
  if (!answers.ok()) return answers.status();
  const Row bounds = answers->back().front();
  if (!cursor.empty() &&
      (*from < Position{bounds.Int(0), bounds.Int(1)} || *from > Position{bounds.Int(2), bounds.Int(3)})) {
    return Expired();
  }
  const Rows& rows = answers->front();
  Page page{
      .records = {}, .cursor = std::string(cursor), .more = static_cast<int>(rows.size()) == options.limit};
  for (const Row row : rows) {
    page.cursor = CursorAt({row.Int(0), row.Int(1)});
    if (!options.tenant.empty() && row.Text(2) != options.tenant.value()) continue;
    page.records.push_back({.event = {.tenant = TenantId(std::string(row.Text(2))),
                                      .type = std::string(row.Text(3)),
                                      .subject = std::string(row.Text(4)),
                                      .payload = std::string(row.Text(5)),
                                      .time = row.Time(6)},
                            .cursor = page.cursor});
  }
  return page;
}

absl::StatusOr<std::string> Outbox::End(Session& session) const {
  const absl::StatusOr<Rows> rows = session.Query(IsSqlite(session) ? kEndSqlite : kEndPostgres);
  if (!rows.ok()) return rows.status();
  return CursorAt({rows->front().Int(0), rows->front().Int(1)});
}

absl::StatusOr<int64_t> Outbox::Trim(Session& session, absl::Time time) const {
  const absl::StatusOr<Rows> last =
      session.Query(IsSqlite(session) ? kLastOldSqlite : kLastOldPostgres, time);
  if (!last.ok()) return last.status();
  if (last->empty()) return 0;
  const Position floor{last->front().Int(0), last->front().Int(1)};
  const auto raised =
      session.Execute("UPDATE outbox_state SET floor_xid = ?, floor_id = ?", floor.xid, floor.id);
  if (!raised.ok()) return raised.status();
  return session.Execute(IsSqlite(session) ? kDeleteSqlite : kDeletePostgres, floor.xid, floor.id);
}

std::string Outbox::CursorAt(Position position) const {
  return StrCat(epoch_, "-", position.xid, "-", position.id);
}

absl::StatusOr<Outbox::Position> Outbox::PositionOf(std::string_view cursor) const {
  if (cursor.empty()) return Position{};
  const size_t first = cursor.find('-');
  const size_t second = cursor.find('-', first + 1);
  const auto malformed = [] {
    return InvalidField("cursor", reason::kInvalidFormat, "Give a cursor as it was received.");
  };
  if (first == std::string_view::npos || second == std::string_view::npos) return malformed();
  const std::optional<int64_t> xid = Number(cursor.substr(first + 1, second - first - 1));
  const std::optional<int64_t> id = Number(cursor.substr(second + 1));
  if (!xid || !id) return malformed();
  if (cursor.substr(0, first) != epoch_) return Expired();
  return Position{*xid, *id};
}

}  // namespace limpid::sql

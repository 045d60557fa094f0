#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/base/ids.h"
#include "libs/sql/database.h"
#include "libs/sql/session.h"

namespace limpid::sql {

/// What has happened, written in the transaction that made it happen.
struct OutboxEvent {
  TenantId tenant;
  std::string type;     ///< `limpid.contact.created`
  std::string subject;  ///< The resource's name.
  std::string payload;  ///< Bytes in the service's own form.
  absl::Time time;
};

/// The events of a service in an order that every reader sees alike, without a gap that is filled later.
///
/// On PostgreSQL ids are given out before their transactions commit, so that a reader that remembers the
/// highest id would skip what commits late. Events therefore carry their transaction's id, are ordered by it,
/// and are shown only when no transaction of a lower id still runs (`pg_snapshot_xmin`): a transaction that
/// writes for long, anywhere in the server, delays them. On SQLite ids are given out in the order of commits.
///
/// A cursor names the database it was made in: after a restore into another PostgreSQL server, whose
/// transaction ids begin lower, cursors have expired and the old events come first. Stateless but for that
/// name; thread-safe.
class Outbox {
 public:
  /// The script of the tables `outbox` and `outbox_state`: a step of the service's migrations.
  static constexpr std::string_view kSchema =
      "CREATE TABLE outbox (id {identity}, tenant {text} NOT NULL, type {text} NOT NULL, "
      "subject {text} NOT NULL, payload {blob} NOT NULL, event_time BIGINT NOT NULL); "
      "CREATE TABLE outbox_state (one BIGINT NOT NULL PRIMARY KEY, epoch {text} NOT NULL, "
      "floor_xid BIGINT NOT NULL, floor_id BIGINT NOT NULL)";
  static constexpr std::string_view kPostgresSchema =
      "CREATE TABLE outbox (id {identity}, xid BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint), "
      "tenant {text} NOT NULL, type {text} NOT NULL, subject {text} NOT NULL, payload {blob} NOT NULL, "
      "event_time BIGINT NOT NULL); "
      "CREATE INDEX outbox_order ON outbox (xid, id); "
      "CREATE TABLE outbox_state (one BIGINT NOT NULL PRIMARY KEY, epoch {text} NOT NULL, "
      "floor_xid BIGINT NOT NULL, floor_id BIGINT NOT NULL)";

  struct Record {
    OutboxEvent event;
    std::string cursor;  ///< Resumes after this event.
  };
  struct Page {
    std::vector<Record> records;
    std::string cursor;  ///< Resumes after all that was looked at, also what another tenant's filter hid.
    bool more = false;   ///< Ask again at once.
  };
  struct ReadOptions {
    TenantId tenant;  ///< Empty: of all tenants.
    int limit = 500;
  };

  /// After the migrations, once per process.
  static absl::StatusOr<Outbox> Open(Database& database, const Call& call);

  absl::Status Append(Session& session, const OutboxEvent& event) const;
  /// What follows `cursor`; an empty one stands before everything that is kept. INVALID_ARGUMENT for what is
  /// no cursor, FAILED_PRECONDITION with reason CURSOR_EXPIRED when events after it are no longer kept.
  absl::StatusOr<Page> Read(Session& session, std::string_view cursor, const ReadOptions& options) const;
  /// The cursor behind all that Read shows now.
  absl::StatusOr<std::string> End(Session& session) const;
  /// Drops events before `time`; how many.
  absl::StatusOr<int64_t> Trim(Session& session, absl::Time time) const;

 private:
  struct Position {
    int64_t xid = 0;
    int64_t id = 0;
    friend auto operator<=>(const Position&, const Position&) = default;
  };

  explicit Outbox(std::string epoch) : epoch_(std::move(epoch)) {}
  std::string CursorAt(Position position) const;
  absl::StatusOr<Position> PositionOf(std::string_view cursor) const;

  std::string epoch_;
};

}  // namespace limpid::sql

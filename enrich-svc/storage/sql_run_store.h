#pragma once

#include "enrich-svc/app/run_store.h"
#include "libs/sql/database.h"

namespace limpid::enrich {

/// The runs in SQLite or PostgreSQL. Several workers and processes share the table: on PostgreSQL each skips
/// the rows that another is taking, SQLite has one writer.
class SqlRunStore final : public RunStore {
 public:
  /// The tables are those of schema.h.
  explicit SqlRunStore(sql::Database& database) : database_(database) {}

  absl::StatusOr<bool> TakeWatch(const Call& call, const WatchLease& lease) override;
  absl::Status ReleaseWatch(const Call& call, std::string_view replica) override;
  absl::StatusOr<std::optional<std::string>> Cursor(const Call& call) override;
  absl::Status Record(const Call& call, const WatchLease& lease, std::string_view cursor,
                      std::span<const Run> runs) override;
  absl::StatusOr<std::vector<Run>> Lease(const Call& call, absl::Time now, absl::Time until,
                                         int limit) override;
  absl::Status Settle(const Call& call, std::span<const Settlement> settlements) override;
  absl::StatusOr<Run> Get(const Call& call, const RunId& id) override;
  absl::StatusOr<std::vector<Run>> List(const Call& call, const RunFilter& filter,
                                        const std::optional<RunPosition>& after, int limit) override;
  absl::StatusOr<int64_t> DeleteEnded(const Call& call, absl::Time before, int limit) override;

 private:
  sql::Database& database_;
};

}  // namespace limpid::enrich

#pragma once

#include <span>
#include <string_view>

#include "absl/status/status.h"

#include "libs/sql/database.h"

namespace limpid::sql {

/// One step of a schema. `sql` is a script in the words of Dialect; where words do not suffice,
/// `postgres_sql` stands in for it on PostgreSQL. A step that was released is never changed, only followed.
struct Migration {
  int version;
  std::string_view name;
  std::string_view sql;
  std::string_view postgres_sql = {};
};

/// Brings the database up to the last of `migrations` (versions ascending), each step applied once and
/// written down in the table `schema_migrations`, all in one transaction that other replicas wait for.
/// FAILED_PRECONDITION when the database is newer than the code, or a step of the same version has another
/// name.
absl::Status Migrate(Database& database, const Call& call, std::span<const Migration> migrations);

}  // namespace limpid::sql

#include "libs/sql/migration.h"

#include <map>
#include <string>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::sql {
namespace {

constexpr std::string_view kTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT NOT NULL PRIMARY KEY, name {text} NOT "
    "NULL, "
    "apply_time BIGINT NOT NULL)";

absl::Status Refuse(std::string_view why) {
  return FailedPrecondition(reason::kFailedPrecondition, StrCat("The database cannot be used: ", why));
}

absl::Status Apply(Session& session, const Migration& migration) {
  const bool own = session.dialect().backend == Backend::kPostgres && !migration.postgres_sql.empty();
  if (absl::Status status = session.RunScript(own ? migration.postgres_sql : migration.sql); !status.ok()) {
    return status;
  }
  return session
      .Execute("INSERT INTO schema_migrations (version, name, apply_time) VALUES (?, ?, ?)",
               migration.version, migration.name, SystemClock().Now())
      .status();
}

absl::Status ApplyMissing(Session& session, std::span<const Migration> migrations) {
  const std::string_view lock[] = {"schema_migrations"};
  if (absl::Status status = session.Lock(lock); !status.ok()) return status;
  if (absl::Status status = session.RunScript(kTable); !status.ok()) return status;
  const absl::StatusOr<Rows> rows = session.Query("SELECT version, name FROM schema_migrations");
  if (!rows.ok()) return rows.status();
  std::map<int64_t, std::string> applied;
  for (const Row row : *rows) applied.emplace(row.Int(0), row.Text(1));

  for (const Migration& migration : migrations) {
    const auto found = applied.find(migration.version);
    if (found == applied.end()) {
      if (absl::Status status = Apply(session, migration); !status.ok()) return status;
      continue;
    }
    if (found->second != migration.name) {
      return Refuse(StrCat("step ", migration.version, " is \"", found->second, "\" there and \"",
                           migration.name, "\" here."));
    }
    applied.erase(found);
  }
  if (!applied.empty()) {
    return Refuse(StrCat("a newer release has brought it to version ", applied.rbegin()->first, "."));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Migrate(Database& database, const Call& call, std::span<const Migration> migrations) {
  return database.Write(call, [migrations](Session& session) { return ApplyMissing(session, migrations); });
}

}  // namespace limpid::sql

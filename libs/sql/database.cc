#include "libs/sql/database.h"

#include <algorithm>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/sql/postgres/database.h"
#include "libs/sql/sqlite/database.h"

namespace limpid::sql {
namespace {

constexpr std::string_view kSqliteScheme = "sqlite:";

bool IsSchemaName(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return !name.empty() && name.size() <= 40 && is_letter(name.front()) &&
         std::ranges::all_of(name, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> Database::Open(std::string_view url, const Options& options) {
  if (url.starts_with(kSqliteScheme) && url.size() > kSqliteScheme.size()) {
    return SqliteDatabase::Open(std::string(url.substr(kSqliteScheme.size())), options);
  }
  if (url.starts_with("postgres://") || url.starts_with("postgresql://")) {
    if (!IsSchemaName(options.schema)) {
      return InvalidField("schema", reason::kInvalidFormat,
                          "A schema's name is lower-case letters, digits and _.");
    }
    return PostgresDatabase::Open(std::string(url), options);
  }
  // The URL may hold a password: it is not repeated.
  return InvalidField("database_url", reason::kInvalidFormat,
                      "database_url must be sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE");
}

}  // namespace limpid::sql

#pragma once

#include "libs/base/clock.h"
#include "libs/sql/database.h"
#include "verify-svc/app/used_tokens.h"

namespace limpid::verify {

/// The used tokens in SQLite or PostgreSQL. `done` runs on a thread of the database.
class SqlUsedTokens final : public UsedTokens {
 public:
  /// The tables are those of schema.h.
  explicit SqlUsedTokens(sql::Database& database, const Clock& clock = SystemClock())
      : database_(database), clock_(clock) {}

  void Use(const std::string& id, absl::Time expire_time,
           absl::AnyInvocable<void(absl::StatusOr<bool>)> done) override;

 private:
  sql::Database& database_;
  const Clock& clock_;
};

}  // namespace limpid::verify

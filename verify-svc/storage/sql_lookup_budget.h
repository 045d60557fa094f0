#pragma once

#include "libs/base/clock.h"
#include "libs/sql/database.h"
#include "verify-svc/app/lookup_budget.h"

namespace limpid::verify {

/// The budgets in SQLite or PostgreSQL: one row for each tenant and day. `granted` runs on a thread of the
/// database.
class SqlLookupBudget final : public LookupBudget {
 public:
  /// The tables are those of schema.h.
  explicit SqlLookupBudget(sql::Database& database, const Clock& clock = SystemClock())
      : database_(database), clock_(clock) {}

  void Reserve(const Call& call, int daily, int questions, OnGranted granted) override;
  void Release(const Call& call, int questions, OnReleased released) override;

 private:
  sql::Database& database_;
  const Clock& clock_;
};

}  // namespace limpid::verify

#pragma once

#include "enrich-svc/app/scenario_store.h"
#include "libs/sql/database.h"

namespace limpid::enrich {

/// The tenants' choices in SQLite or PostgreSQL.
class SqlScenarioStore final : public ScenarioStore {
 public:
  /// The tables are those of schema.h.
  explicit SqlScenarioStore(sql::Database& database) : database_(database) {}

  absl::StatusOr<std::vector<Choice>> Choices(const Call& call) override;
  absl::Status Choose(const Call& call, const Choice& choice, absl::Time now) override;

 private:
  sql::Database& database_;
};

}  // namespace limpid::enrich

#include "enrich-svc/storage/sql_scenario_store.h"

#include <string>
#include <utility>

namespace limpid::enrich {

absl::StatusOr<std::vector<ScenarioStore::Choice>> SqlScenarioStore::Choices(const Call& call) {
  std::vector<Choice> choices;
  const absl::Status status = database_.Read(call, [&](sql::Session& session) {
    const absl::StatusOr<sql::Rows> rows =
        session.Query("SELECT scenario, state FROM scenario_choices WHERE tenant = ? ORDER BY scenario",
                      call.tenant.value());
    if (!rows.ok()) return rows.status();
    choices.clear();
    for (const sql::Row row : *rows) {
      const bool active = row.Text(1) == Name(ScenarioState::kActive);
      choices.push_back({.scenario = ScenarioId(std::string(row.Text(0))),
                         .state = active ? ScenarioState::kActive : ScenarioState::kPaused});
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return choices;
}

absl::Status SqlScenarioStore::Choose(const Call& call, const Choice& choice, absl::Time now) {
  return database_.Write(call, [&](sql::Session& session) {
    return session
        .Execute(
            "INSERT INTO scenario_choices (tenant, scenario, state, update_time) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (tenant, scenario) DO UPDATE SET state = excluded.state, "
            "update_time = excluded.update_time",
            call.tenant.value(), choice.scenario.value(), Name(choice.state), now)
        .status();
  });
}

}  // namespace limpid::enrich

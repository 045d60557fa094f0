#include "enrich-svc/domain/scenario.h"

#include <algorithm>
#include <cstdlib>

namespace limpid::enrich {

std::string_view Name(ScenarioState state) {
  switch (state) {
    case ScenarioState::kActive:
      return "ACTIVE";
    case ScenarioState::kPaused:
      return "PAUSED";
  }
  std::abort();
}

std::span<const Scenario> BuiltInScenarios() {
  static const auto& scenarios = *new std::vector<Scenario>{
      {.id = ScenarioId("fill-empty-on-create"),
       .display_name = "Fill empty fields of new contacts",
       .trigger = "limpid.contact.created",
       .steps = {"enrich"},
       .fill_policy = "FILL_EMPTY"},
  };
  return scenarios;
}

const Scenario* FindBuiltInScenario(const ScenarioId& id) {
  const std::span<const Scenario> all = BuiltInScenarios();
  const auto found = std::ranges::find(all, id, &Scenario::id);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace limpid::enrich

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/ids.h"

namespace limpid::enrich {

using ScenarioId = StrongId<struct ScenarioTag>;

enum class ScenarioState {
  kActive,  ///< It answers to its trigger.
  kPaused,
};
/// The words of the wire and the database: `ACTIVE`, `PAUSED`.
std::string_view Name(ScenarioState state);

/// What is done by itself, and when. A tenant chooses only whether it is active.
struct Scenario {
  ScenarioId id;
  std::string_view display_name;
  std::string_view trigger;  ///< Type of the event that starts a run.
  std::vector<std::string_view> steps;
  std::string_view fill_policy;
  ScenarioState state = ScenarioState::kActive;
};

/// The scenarios that every tenant has, ordered by id, in the state they have until a tenant says otherwise.
std::span<const Scenario> BuiltInScenarios();
/// Null when there is none.
const Scenario* FindBuiltInScenario(const ScenarioId& id);

}  // namespace limpid::enrich

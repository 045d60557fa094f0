#include "enrich-svc/app/manage_scenarios.h"

#include <algorithm>
#include <utility>

#include "enrich-svc/app/page.h"
#include "libs/base/error.h"

namespace limpid::enrich {

absl::StatusOr<std::vector<Scenario>> ManageScenarios::All(const Call& call) const {
  const absl::StatusOr<std::vector<ScenarioStore::Choice>> choices = store_.Choices(call);
  if (!choices.ok()) return choices.status();
  const std::span<const Scenario> built_in = BuiltInScenarios();
  std::vector<Scenario> scenarios(built_in.begin(), built_in.end());
  for (Scenario& scenario : scenarios) {
    const auto choice = std::ranges::find(*choices, scenario.id, &ScenarioStore::Choice::scenario);
    if (choice != choices->end()) scenario.state = choice->state;
  }
  return scenarios;
}

absl::StatusOr<Scenario> ManageScenarios::Get(const Call& call, const ScenarioId& id) const {
  absl::StatusOr<std::vector<Scenario>> scenarios = All(call);
  if (!scenarios.ok()) return scenarios.status();
  const auto found = std::ranges::find(*scenarios, id, &Scenario::id);
  if (found == scenarios->end()) return NotFound("scenario", id.value());
  return std::move(*found);
}

absl::StatusOr<ManageScenarios::Page> ManageScenarios::List(const Call& call, int page_size,
                                                            std::string_view page_token) const {
  const absl::StatusOr<size_t> limit = PageLimit(page_size);
  if (!limit.ok()) return limit.status();
  const absl::StatusOr<std::string> after = ReadPageToken("scenarios", page_token);
  if (!after.ok()) return after.status();
  absl::StatusOr<std::vector<Scenario>> scenarios = All(call);
  if (!scenarios.ok()) return scenarios.status();

  std::erase_if(*scenarios, [&after](const Scenario& scenario) { return scenario.id.value() <= *after; });
  Page page{.scenarios = *std::move(scenarios)};
  if (page.scenarios.size() > *limit) {
    page.scenarios.resize(*limit);
    page.next_page_token = MakePageToken("scenarios", page.scenarios.back().id.value());
  }
  return page;
}

absl::StatusOr<Scenario> ManageScenarios::SetState(const Call& call, const ScenarioId& id,
                                                   ScenarioState state) const {
  const Scenario* built_in = FindBuiltInScenario(id);
  if (built_in == nullptr) return NotFound("scenario", id.value());
  const absl::Status chosen = store_.Choose(call, {.scenario = id, .state = state}, clock_.Now());
  if (!chosen.ok()) return chosen;
  Scenario scenario = *built_in;
  scenario.state = state;
  return scenario;
}

}  // namespace limpid::enrich

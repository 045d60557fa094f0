#include "enrich-svc/domain/contact_event.h"

#include <algorithm>

#include "libs/base/strings.h"

namespace limpid::enrich {
namespace {

// Among the causes stand ids of runs, and these end in the id of their scenario (RunIdFor).
bool IsCausedBy(const ScenarioId& scenario, const std::vector<std::string>& causes) {
  const std::string ending = StrCat("-", scenario.value());
  return std::ranges::any_of(causes, [&ending](const std::string& cause) { return cause.ends_with(ending); });
}

}  // namespace

std::vector<Run> RunsFor(const ContactEvent& event, std::span<const Scenario> scenarios) {
  std::vector<Run> runs;
  for (const Scenario& scenario : scenarios) {
    if (scenario.trigger != event.type || IsCausedBy(scenario.id, event.causes)) continue;
    runs.push_back({.tenant = event.tenant,
                    .id = RunIdFor(event.id, scenario.id),
                    .scenario = scenario.id,
                    .contact = event.contact,
                    .create_time = event.time});
  }
  return runs;
}

}  // namespace limpid::enrich

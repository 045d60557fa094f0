#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "enrich-svc/app/scenario_store.h"
#include "enrich-svc/domain/scenario.h"
#include "libs/base/call.h"
#include "libs/base/clock.h"

namespace limpid::enrich {

/// Gives and lists the scenarios of the call's tenant, and lets it activate and pause them. Thread-safe.
class ManageScenarios {
 public:
  struct Page {
    std::vector<Scenario> scenarios;
    std::string next_page_token;
  };

  ManageScenarios(ScenarioStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  absl::StatusOr<Scenario> Get(const Call& call, const ScenarioId& id) const;
  absl::StatusOr<Page> List(const Call& call, int page_size, std::string_view page_token) const;
  /// NOT_FOUND for an unknown scenario; a state that it has already is no error.
  absl::StatusOr<Scenario> SetState(const Call& call, const ScenarioId& id, ScenarioState state) const;

 private:
  /// All scenarios, by id, in the state that the tenant chose.
  absl::StatusOr<std::vector<Scenario>> All(const Call& call) const;

  ScenarioStore& store_;
  const Clock& clock_;
};

}  // namespace limpid::enrich

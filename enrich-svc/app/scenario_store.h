#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "enrich-svc/domain/scenario.h"
#include "libs/base/call.h"

namespace limpid::enrich {

/// What the call's tenant has chosen for its scenarios. Thread-safe; waits for the disk.
class ScenarioStore {
 public:
  struct Choice {
    ScenarioId scenario;
    ScenarioState state;
  };

  virtual ~ScenarioStore() = default;
  /// Only of scenarios for which something was chosen.
  virtual absl::StatusOr<std::vector<Choice>> Choices(const Call& call) = 0;
  virtual absl::Status Choose(const Call& call, const Choice& choice, absl::Time now) = 0;
};

}  // namespace limpid::enrich

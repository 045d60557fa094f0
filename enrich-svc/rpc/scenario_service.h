#pragma once

#include <memory>

#include "enrich-svc/app/manage_scenarios.h"
#include "enrich-svc/app/read_runs.h"
#include "libs/rpc/service.h"

namespace limpid::enrich {

/// The door `limpid.enrich.v1.ScenarioService`. The use cases must outlive it.
std::unique_ptr<rpc::Service> BuildScenarioService(const ManageScenarios& scenarios, const ReadRuns& runs,
                                                   std::shared_ptr<const rpc::Door> door);

}  // namespace limpid::enrich

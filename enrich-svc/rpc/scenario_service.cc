#include "enrich-svc/rpc/scenario_service.h"

#include <string>
#include <utility>

#include "limpid/enrich/v1/scenario_service.pb.h"

#include "enrich-svc/rpc/convert.h"

namespace limpid::enrich {
namespace {

// The handler of both verbs that change a scenario's state.
template <class Request>
auto SetStateHandler(const ManageScenarios& scenarios, ScenarioState state) {
  return [&scenarios, state](const Call& call, const Request& request) -> absl::StatusOr<v1::Scenario> {
    const absl::StatusOr<std::string> id = IdFromName("scenarios", request.name());
    if (!id.ok()) return id.status();
    const absl::StatusOr<Scenario> scenario = scenarios.SetState(call, ScenarioId(*id), state);
    if (!scenario.ok()) return scenario.status();
    return ToProto(*scenario);
  };
}

}  // namespace

std::unique_ptr<rpc::Service> BuildScenarioService(const ManageScenarios& scenarios, const ReadRuns& runs,
                                                   std::shared_ptr<const rpc::Door> door) {
  return rpc::ServiceBuilder("limpid.enrich.v1.ScenarioService", std::move(door))
      .Unary<v1::GetScenarioRequest, v1::Scenario>(
          "GetScenario",
          [&scenarios](const Call& call,
                       const v1::GetScenarioRequest& request) -> absl::StatusOr<v1::Scenario> {
            const absl::StatusOr<std::string> id = IdFromName("scenarios", request.name());
            if (!id.ok()) return id.status();
            const absl::StatusOr<Scenario> scenario = scenarios.Get(call, ScenarioId(*id));
            if (!scenario.ok()) return scenario.status();
            return ToProto(*scenario);
          })
      .Unary<v1::ListScenariosRequest, v1::ListScenariosResponse>(
          "ListScenarios",
          [&scenarios](const Call& call, const v1::ListScenariosRequest& request,
                       v1::ListScenariosResponse& response) {
            const absl::StatusOr<ManageScenarios::Page> page =
                scenarios.List(call, request.page_size(), request.page_token());
            if (!page.ok()) return page.status();
            for (const Scenario& scenario : page->scenarios) *response.add_scenarios() = ToProto(scenario);
            response.set_next_page_token(page->next_page_token);
            return absl::OkStatus();
          })
      .Unary<v1::ActivateScenarioRequest, v1::Scenario>(
          "ActivateScenario", SetStateHandler<v1::ActivateScenarioRequest>(scenarios, ScenarioState::kActive))
      .Unary<v1::PauseScenarioRequest, v1::Scenario>(
          "PauseScenario", SetStateHandler<v1::PauseScenarioRequest>(scenarios, ScenarioState::kPaused))
      .Unary<v1::GetRunRequest, v1::Run>(
          "GetRun",
          [&runs](const Call& call, const v1::GetRunRequest& request) -> absl::StatusOr<v1::Run> {
            const absl::StatusOr<std::string> id = IdFromName("runs", request.name());
            if (!id.ok()) return id.status();
            const absl::StatusOr<Run> run = runs.Get(call, RunId(*id));
            if (!run.ok()) return run.status();
            return ToProto(*run);
          })
      .Unary<v1::ListRunsRequest, v1::ListRunsResponse>(
          "ListRuns",
          [&runs](const Call& call, const v1::ListRunsRequest& request, v1::ListRunsResponse& response) {
            const absl::StatusOr<ReadRuns::Page> page =
                runs.List(call, request.filter(), request.page_size(), request.page_token());
            if (!page.ok()) return page.status();
            for (const Run& run : page->runs) *response.add_runs() = ToProto(run);
            response.set_next_page_token(page->next_page_token);
            return absl::OkStatus();
          })
      .Build();
}

}  // namespace limpid::enrich

#include "gateway/settings.h"
#include "gateway/wiring.h"
#include "libs/service/service_process.h"

int main(int argc, char** argv) {
  return limpid::RunService(
      {.name = "gateway",
       .summary = "The doors of Limpid: HTTP/JSON and gRPC.",
       .services = {"gateway"},
       .tables = {limpid::gateway::SettingsTable()},
       .ops_addr = "gateway.ops_addr",
       .build = [](const limpid::Settings& settings, std::shared_ptr<limpid::MetricsRegistry> metrics)
           -> absl::StatusOr<std::unique_ptr<limpid::ServiceParts>> {
         absl::StatusOr<limpid::gateway::Peers> peers = limpid::gateway::RemotePeers(settings);
         if (!peers.ok()) return peers.status();
         return limpid::gateway::Build(settings, std::move(metrics), *std::move(peers));
       }},
      {argv + 1, argv + argc});
}

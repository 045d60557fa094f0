#include <utility>

#include "enrich-svc/settings.h"
#include "enrich-svc/wiring.h"
#include "libs/service/common_parts.h"
#include "libs/service/service_process.h"

int main(int argc, char** argv) {
  return limpid::RunService(
      {.name = "enrich-svc",
       .summary = "Completes contacts from tables and providers, on demand and by scenarios.",
       .services = {"enrich"},
       .tables = {limpid::enrich::SettingsTable()},
       .ops_addr = "enrich.ops_addr",
       .build = [](const limpid::Settings& settings, std::shared_ptr<limpid::MetricsRegistry> metrics)
           -> absl::StatusOr<std::unique_ptr<limpid::ServiceParts>> {
         absl::StatusOr<limpid::rpc::PrincipalKeys> keys = limpid::InternalKeys(settings);
         if (!keys.ok()) return keys.status();
         absl::StatusOr<limpid::enrich::Peers> peers = limpid::enrich::RemotePeers(settings);
         if (!peers.ok()) return peers.status();
         return limpid::enrich::Build(settings, std::move(metrics),
                                      {.service = "enrich", .keys = *std::move(keys)}, *std::move(peers));
       }},
      {argv + 1, argv + argc});
}

#include <utility>

#include "libs/service/common_parts.h"
#include "libs/service/service_process.h"
#include "verify-svc/settings.h"
#include "verify-svc/wiring.h"

int main(int argc, char** argv) {
  return limpid::RunService(
      {.name = "verify-svc",
       .summary = "Verdicts on e-mail addresses and phone numbers.",
       .services = {"verify"},
       .tables = {limpid::verify::SettingsTable()},
       .ops_addr = "verify.ops_addr",
       .build = [](const limpid::Settings& settings, std::shared_ptr<limpid::MetricsRegistry> metrics)
           -> absl::StatusOr<std::unique_ptr<limpid::ServiceParts>> {
         absl::StatusOr<limpid::rpc::PrincipalKeys> keys = limpid::InternalKeys(settings);
         if (!keys.ok()) return keys.status();
         return limpid::verify::Build(settings, std::move(metrics),
                                      {.service = "verify", .keys = *std::move(keys)});
       }},
      {argv + 1, argv + argc});
}

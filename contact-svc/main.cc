#include <utility>

#include "contact-svc/settings.h"
#include "contact-svc/wiring.h"
#include "libs/service/common_parts.h"
#include "libs/service/service_process.h"

int main(int argc, char** argv) {
  return limpid::RunService(
      {.name = "contact-svc",
       .summary = "The truth about contacts: consent, provenance, duplicates.",
       .services = {"contact"},
       .tables = {limpid::contact::SettingsTable()},
       .ops_addr = "contact.ops_addr",
       .build = [](const limpid::Settings& settings, std::shared_ptr<limpid::MetricsRegistry> metrics)
           -> absl::StatusOr<std::unique_ptr<limpid::ServiceParts>> {
         absl::StatusOr<limpid::rpc::PrincipalKeys> keys = limpid::InternalKeys(settings);
         if (!keys.ok()) return keys.status();
         return limpid::contact::Build(settings, std::move(metrics),
                                       {.service = "contact", .keys = *std::move(keys)});
       }},
      {argv + 1, argv + argc});
}

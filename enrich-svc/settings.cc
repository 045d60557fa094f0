#include "enrich-svc/settings.h"

namespace limpid::enrich {
namespace {

constexpr SettingSpec kTable[] = {
    {.name = "enrich.grpc_addr",
     .type = SettingType::kAddress,
     .default_value = "127.0.0.1:50053",
     .sentence = "Where gRPC is served."},
    {.name = "enrich.ops_addr",
     .type = SettingType::kAddress,
     .default_value = "127.0.0.1:9103",
     .sentence = "Where /livez, /readyz and /metrics are served."},
    {.name = "enrich.database_url",
     .default_value = "",
     .sentence = "Database of scenarios and runs; empty: as database_url says.",
     .secret = true},
    {.name = "contact.target",
     .default_value = "dns:///127.0.0.1:50051",
     .sentence = "Where contact-svc is found."},
    {.name = "enrich.executor_threads",
     .type = SettingType::kInteger,
     .default_value = "2",
     .sentence = "Threads for calls that ask the service's own database.",
     .min = 1,
     .max = 256},
    {.name = "enrich.runs_at_a_time",
     .type = SettingType::kInteger,
     .default_value = "16",
     .sentence = "Runs of scenarios that one replica has under way.",
     .min = 1,
     .max = 1000},
    {.name = "enrich.run_budget",
     .type = SettingType::kDuration,
     .default_value = "20s",
     .sentence = "Time for one attempt of a run.",
     .min = 100,
     .max = 600000},
    {.name = "enrich.run_attempts",
     .type = SettingType::kInteger,
     .default_value = "8",
     .sentence = "Attempts after which a run is given up.",
     .min = 1,
     .max = 100},
    {.name = "enrich.run_retention",
     .type = SettingType::kDuration,
     .default_value = "720h",
     .sentence = "How long runs are kept after their end.",
     .min = 60000},
};

}  // namespace

std::span<const SettingSpec> SettingsTable() { return kTable; }

}  // namespace limpid::enrich

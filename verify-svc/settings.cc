#include "verify-svc/settings.h"

namespace limpid::verify {
namespace {

constexpr SettingSpec kTable[] = {
    {.name = "verify.grpc_addr",
     .type = SettingType::kAddress,
     .default_value = "127.0.0.1:50052",
     .sentence = "Where gRPC is served to the suite."},
    {.name = "verify.ops_addr",
     .type = SettingType::kAddress,
     .default_value = "127.0.0.1:9102",
     .sentence = "Where /livez, /readyz and /metrics are served."},
    {.name = "verify.database_url",
     .default_value = "",
     .sentence = "Database of the tenants' policies; empty: as database_url says.",
     .secret = true},
    {.name = "verify.default_region",
     .default_value = "FR",
     .sentence = "Region (ISO 3166-1 alpha-2) of phone numbers that come without a country code."},
    {.name = "verify.lists_reload_interval",
     .type = SettingType::kDuration,
     .default_value = "60s",
     .sentence =
         "How often the files of the lists are looked at, and read again when they have changed; 0s: only "
         "on SIGHUP.",
     .min = 0,
     .max = 86400000},
    {.name = "verify.call_deadline",
     .type = SettingType::kDuration,
     .default_value = "10s",
     .sentence = "Time for a call that comes without a deadline.",
     .min = 100,
     .max = 300000},
    {.name = "verify.executor_threads",
     .type = SettingType::kInteger,
     .default_value = "2",
     .sentence = "Threads for batches.",
     .min = 1,
     .max = 256},
    {.name = "verify.storage_threads",
     .type = SettingType::kInteger,
     .default_value = "4",
     .sentence = "Threads for calls that ask the service's own database.",
     .min = 1,
     .max = 256},
    {.name = "verify.max_queue",
     .type = SettingType::kInteger,
     .default_value = "256",
     .sentence = "Calls that may wait for a thread, of either kind; more are refused with a delay to retry.",
     .min = 0,
     .max = 100000},
};

}  // namespace

std::span<const SettingSpec> SettingsTable() { return kTable; }

}  // namespace limpid::verify

#include "contact-svc/settings.h"

namespace limpid::contact {
namespace {

constexpr SettingSpec kTable[] = {
    {.name = "contact.grpc_addr",
     .type = SettingType::kAddress,
     .default_value = "127.0.0.1:50051",
     .sentence = "Where gRPC is served to the suite."},
    {.name = "contact.ops_addr",
     .type = SettingType::kAddress,
     .default_value = "127.0.0.1:9101",
     .sentence = "Where /livez, /readyz and /metrics are served."},
    {.name = "contact.database_url",
     .default_value = "",
     .sentence = "Database of contacts; empty: as database_url says.",
     .secret = true},
    {.name = "contact.database_connections",
     .type = SettingType::kInteger,
     .default_value = "16",
     .sentence = "Connections to the database; on SQLite, those that read.",
     .min = 1,
     .max = 1000},
    {.name = "contact.call_deadline",
     .type = SettingType::kDuration,
     .default_value = "10s",
     .sentence = "Time for a call that comes without a deadline.",
     .min = 100,
     .max = 300000},
    {.name = "contact.executor_threads",
     .type = SettingType::kInteger,
     .default_value = "8",
     .sentence = "Threads that wait for the database; on SQLite as many writes share one sync of the disk.",
     .min = 1,
     .max = 1000},
    {.name = "contact.max_queue",
     .type = SettingType::kInteger,
     .default_value = "1024",
     .sentence = "Calls that may wait for a thread; more are refused with a delay to retry.",
     .min = 0,
     .max = 100000},
    {.name = "contact.max_watchers",
     .type = SettingType::kInteger,
     .default_value = "256",
     .sentence = "Streams of changes at once.",
     .min = 1,
     .max = 10000},
    {.name = "contact.events_kept",
     .type = SettingType::kDuration,
     .default_value = "336h",
     .sentence = "How long a follower may be away and still resume the stream of changes.",
     .min = 60000},
    {.name = "contact.upkeep_interval",
     .type = SettingType::kDuration,
     .default_value = "10m",
     .sentence = "How often what was kept long enough is dropped.",
     .min = 1000},
};

}  // namespace

std::span<const SettingSpec> SettingsTable() { return kTable; }

}  // namespace limpid::contact

#include "verify-svc/wiring_shared.h"

#include <utility>

#include "libs/base/log.h"
#include "libs/base/strings.h"
#include "libs/quality/phone/phone_directory.h"
#include "libs/quality/phone/plan_changes.h"
#include "libs/service/common_parts.h"
#include "libs/service/redis_options.h"
#include "libs/sql/migration.h"
#include "verify-svc/storage/schema.h"

namespace limpid::verify {
namespace {

constexpr absl::Duration kStartTimeout = absl::Seconds(60);

absl::StatusOr<std::shared_ptr<const FastRules>> ReadRules(const std::string& folder) {
  absl::StatusOr<std::shared_ptr<const quality::QualityData>> lists = quality::QualityData::Load(folder);
  if (!lists.ok()) return lists.status();
  auto directory = quality::PhoneDirectory::Load(folder);
  if (!directory.ok()) return directory.status();
  return std::make_shared<const FastRules>(*lists, *std::move(directory));
}

/// A newer number plan is taken into use with a line for each region whose numbers it judges otherwise: what
/// was valid may be stored somewhere.
void LogPlanChanges(const quality::NumberPlan& before, const quality::NumberPlan& after) {
  // Equal plans are one.
  if (&before == &after) return;
  constexpr std::size_t kSamples = 20;
  const quality::PlanChanges changes = quality::ComparePlans(before, after, kSamples);
  Log(LogLevel::kInfo, "number_plan_replaced",
      {{"from", Label(before.version())}, {"to", Label(after.version())}, {"compared", changes.compared}});
  for (const auto& [region, in_region] : changes.regions) {
    Log(LogLevel::kInfo, "number_plan_region",
        {{"region", Label(region)},
         {"now_valid", in_region.now_valid},
         {"now_invalid", in_region.now_invalid},
         {"other_type", in_region.other_type}});
  }
}

}  // namespace

SharedParts::SharedParts(Settings the_settings, std::shared_ptr<MetricsRegistry> the_metrics)
    : settings(std::move(the_settings)), metrics(std::move(the_metrics)), data(*metrics) {}

absl::StatusOr<std::unique_ptr<SharedParts>> SharedParts::Build(const Settings& settings,
                                                                std::shared_ptr<MetricsRegistry> metrics) {
  auto parts = std::make_unique<SharedParts>(settings, std::move(metrics));
  if (absl::Status status = parts->LoadRules(); !status.ok()) return status;
  parts->batches = std::make_shared<Executor>(
      Executor::Options{.name = "verify",
                        .threads = static_cast<int>(settings.Integer("verify.executor_threads")),
                        .max_queue = static_cast<size_t>(settings.Integer("verify.max_queue"))});
  parts->storage = std::make_shared<Executor>(
      Executor::Options{.name = "verify-storage",
                        .threads = static_cast<int>(settings.Integer("verify.storage_threads")),
                        .max_queue = static_cast<size_t>(settings.Integer("verify.max_queue"))});
  if (absl::Status status = parts->OpenCache(); !status.ok()) return status;
  if (absl::Status status = parts->OpenDatabase(); !status.ok()) return status;
  return parts;
}

absl::Status SharedParts::OpenCache() {
  // In one process nobody else reads what is kept, and a secret of its own will do.
  const std::vector<std::string> keys = settings.List("internal_key");
  hasher = std::make_unique<redis::KeyHasher>(keys.empty() ? NewSecret(random) : keys.front());
  auto opened = redis::OpenBackend(RedisOptions(settings),
                                   {.max_bytes = static_cast<size_t>(settings.Bytes("verify.cache_size"))},
                                   *hasher, *metrics);
  if (!opened.ok()) return NamingRedisSetting(opened.status());
  cache = *std::move(opened);
  return absl::OkStatus();
}

absl::Status SharedParts::LoadRules() {
  absl::StatusOr<std::string> folder = DataFolder(settings);
  if (!folder.ok()) return folder.status();
  data_folder = *std::move(folder);
  std::vector<std::string> files = quality::QualityData::Files(data_folder);
  for (const std::string_view file : quality::PhoneDirectory::kFiles)
    files.push_back(StrCat(data_folder, "/", file));
  auto added = data.Add<FastRules>({.name = "rules",
                                    .files = std::move(files),
                                    .load = [this] { return ReadRules(data_folder); },
                                    .on_replaced =
                                        [](const FastRules& before, const FastRules& after) {
                                          LogPlanChanges(before.phone.plan(), after.phone.plan());
                                        }});
  if (!added.ok()) return added.status();
  rules = *std::move(added);
  return absl::OkStatus();
}

absl::Status SharedParts::OpenDatabase() {
  auto opened = sql::Database::Open(DatabaseUrl(settings, "verify"), {.schema = "verify"});
  const std::string where = DatabaseSetting(settings, "verify");
  if (!opened.ok()) return NamingSetting(where, opened.status());
  database = *std::move(opened);
  const Call call = Call().Within(kStartTimeout);
  if (absl::Status status = sql::Migrate(*database, call, Migrations()); !status.ok())
    return NamingSetting(where, status);
  policy_store = std::make_unique<SqlPolicyStore>(*database);
  policies = std::make_unique<PoliciesInMemory>(*policy_store);
  if (absl::Status status = policies->Refresh(call); !status.ok()) return status;
  policy_follower = std::make_unique<PolicyFollower>(*policies, *storage, database->commits());
  return absl::OkStatus();
}

void SharedParts::WatchData() {
  const absl::Duration interval = settings.Duration("verify.lists_reload_interval");
  if (interval > absl::ZeroDuration()) data_watch = std::make_unique<DataWatchJob>(data, interval);
}

void SharedParts::Shutdown() {
  batches->Shutdown();
  storage->Shutdown();
}

}  // namespace limpid::verify

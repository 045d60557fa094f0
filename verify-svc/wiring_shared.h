#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "libs/base/clock.h"
#include "libs/base/executor.h"
#include "libs/base/metrics.h"
#include "libs/base/random.h"
#include "libs/base/settings.h"
#include "libs/base/timers.h"
#include "libs/redis/backend.h"
#include "libs/redis/key_hasher.h"
#include "libs/sql/database.h"
#include "verify-svc/app/fast_rules.h"
#include "verify-svc/app/policies_in_memory.h"
#include "verify-svc/jobs/data_watch_job.h"
#include "verify-svc/jobs/shipped_data.h"
#include "verify-svc/storage/policy_follower.h"
#include "verify-svc/storage/sql_policy_store.h"

namespace limpid::verify {

/// What the parts of verify-svc (wiring_email, wiring_phone, wiring_ownership) have in common: built before
/// them and ended after them, its own members in the order in which they stand here.
struct SharedParts {
  /// Fails with the name of the setting, list or database that is wrong.
  static absl::StatusOr<std::unique_ptr<SharedParts>> Build(const Settings& settings,
                                                            std::shared_ptr<MetricsRegistry> metrics);

  SharedParts(Settings the_settings, std::shared_ptr<MetricsRegistry> the_metrics);
  /// Looks for changes of the files from now on. Once all parts have added what they read.
  void WatchData();
  /// Runs what was admitted. After the servers, before the parts end.
  void Shutdown();

  const Settings settings;
  const std::shared_ptr<MetricsRegistry> metrics;
  const Clock& clock = SystemClock();
  Random& random = SecureRandom();
  Timers timers;
  /// What is remembered for a while, in Redis or in this process; its keys are made with the services'
  /// secret.
  std::unique_ptr<redis::KeyHasher> hasher;
  redis::Backend cache;

  std::string data_folder;
  ShippedData data;  ///< Each part adds what it reads of the folder.
  std::shared_ptr<const RulesInForce> rules;
  /// For computations, and for what asks this service's own database: neither keeps the other waiting.
  std::shared_ptr<Executor> batches;
  std::shared_ptr<Executor> storage;
  std::unique_ptr<sql::Database> database;
  std::unique_ptr<SqlPolicyStore> policy_store;
  std::unique_ptr<PoliciesInMemory> policies;
  std::unique_ptr<PolicyFollower> policy_follower;
  std::unique_ptr<DataWatchJob> data_watch;  ///< Null when files are read again on SIGHUP only.

 private:
  absl::Status OpenCache();
  absl::Status LoadRules();
  absl::Status OpenDatabase();
};

}  // namespace limpid::verify

#pragma once

#include <stop_token>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "enrich-svc/app/enrich_contact.h"
#include "enrich-svc/app/run_store.h"
#include "enrich-svc/domain/run.h"
#include "libs/base/clock.h"
#include "libs/base/metrics.h"
#include "libs/base/mutex.h"
#include "libs/base/random.h"

namespace limpid::enrich {

/// Works on runs that are due: one thread, which keeps a batch of runs under way at a time.
///
/// Every replica has workers, and they share the table of runs. A run whose worker vanishes is taken up when
/// its lease ends; working on it twice fills nothing twice. What fails in passing is tried again later, less
/// and less often, and given up after the last attempt.
class RunWorker {
 public:
  struct Options {
    int max_batch = 16;                         ///< Runs under way at a time.
    absl::Duration budget = absl::Seconds(20);  ///< Of one attempt.
    absl::Duration lease = absl::Minutes(1);    ///< More than the budget.
    absl::Duration poll_interval =
        absl::Seconds(1);  ///< How soon runs are seen that another replica recorded.
    absl::Duration retention = absl::Hours(24 * 30);  ///< How long ended runs are kept.
    RunRetries retries;
  };

  RunWorker(Options options, RunStore& store, const EnrichContact& enrich, MetricsRegistry& metrics,
            const Clock& clock = SystemClock(), Random& random = SecureRandom());
  ~RunWorker();
  RunWorker(const RunWorker&) = delete;
  RunWorker& operator=(const RunWorker&) = delete;

  void Start();
  /// Says that there may be work. Thread-safe.
  void Wake();
  /// Cancels what is under way, so that it is due again at once, and joins. Safe to call twice.
  void Stop();

  /// Works on one batch and says how many runs that were. Not while started.
  absl::StatusOr<size_t> WorkOnce(const std::stop_token& stop = {});

 private:
  void Loop(const std::stop_token& stop);
  std::vector<absl::StatusOr<EnrichedContact>> WorkOn(const std::vector<Run>& runs,
                                                      const std::stop_token& stop);
  Settlement Settled(const Run& run, const absl::StatusOr<EnrichedContact>& result, bool stopping);
  void DeleteOldRuns(const std::stop_token& stop);

  const Options options_;
  RunStore& store_;
  const EnrichContact& enrich_;
  const Clock& clock_;
  Random& random_;
  Counter succeeded_;
  Counter failed_;
  Counter retried_;
  absl::Time next_cleaning_ = absl::InfinitePast();
  Mutex mutex_;
  CondVar changed_;
  bool awake_ ABSL_GUARDED_BY(mutex_) = true;
  std::jthread thread_;
};

}  // namespace limpid::enrich

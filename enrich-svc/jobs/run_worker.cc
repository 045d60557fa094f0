#include "enrich-svc/jobs/run_worker.h"

#include <memory>
#include <optional>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/base/reasons.h"

namespace limpid::enrich {
namespace {

constexpr absl::Duration kCleaningInterval = absl::Minutes(10);
constexpr int kCleaningBatch = 1000;

// Answers of a batch until the last is there. Shared, so that no answer comes too late to be taken.
class Batch {
 public:
  explicit Batch(size_t size) : waiting_(size), results_(size) {}

  void Answer(size_t index, absl::StatusOr<EnrichedContact> result) {
    MutexLock lock(mutex_);
    results_[index] = std::move(result);
    if (--waiting_ == 0) done_.NotifyAll();
  }

  std::vector<absl::StatusOr<EnrichedContact>> Wait() {
    MutexLock lock(mutex_);
    done_.Wait(mutex_, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return waiting_ == 0; });
    return std::move(results_);
  }

 private:
  Mutex mutex_;
  CondVar done_;
  size_t waiting_ ABSL_GUARDED_BY(mutex_);
  std::vector<absl::StatusOr<EnrichedContact>> results_ ABSL_GUARDED_BY(mutex_);
};

std::string ReasonOfFailure(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason.empty() ? std::string(reason::kInternal) : reason;
}

// Nobody waits for a run: it is not done before every provider has been asked.
absl::Status Outcome(const absl::StatusOr<EnrichedContact>& result) {
  if (!result.ok()) return result.status();
  return result->unreachable.empty() ? absl::OkStatus() : Unavailable(result->unreachable.front());
}

}  // namespace

RunWorker::RunWorker(Options options, RunStore& store, const EnrichContact& enrich, MetricsRegistry& metrics,
                     const Clock& clock, Random& random)
    : options_(std::move(options)),
      store_(store),
      enrich_(enrich),
      clock_(clock),
      random_(random),
      succeeded_(metrics.AddCounter("limpid_enrich_attempts_total", "Attempts of runs, by how they ended.",
                                    {{"outcome", "succeeded"}})),
      failed_(metrics.AddCounter("limpid_enrich_attempts_total", "Attempts of runs, by how they ended.",
                                 {{"outcome", "given_up"}})),
      retried_(metrics.AddCounter("limpid_enrich_attempts_total", "Attempts of runs, by how they ended.",
                                  {{"outcome", "tried_again"}})) {}

RunWorker::~RunWorker() { Stop(); }

void RunWorker::Start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { Loop(stop); });
}

void RunWorker::Wake() {
  MutexLock lock(mutex_);
  awake_ = true;
  changed_.NotifyAll();
}

void RunWorker::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  Wake();
  thread_.join();
}

void RunWorker::Loop(const std::stop_token& stop) {
  bool failing = false;
  while (!stop.stop_requested()) {
    {
      MutexLock lock(mutex_);
      awake_ = false;
    }
    const absl::StatusOr<size_t> worked = WorkOnce(stop);
    if (!worked.ok() && !failing && !stop.stop_requested()) {
      Log(LogLevel::kWarning, "runs_not_read", {{"reason", Label(ReasonOf(worked.status()))}});
    }
    failing = !worked.ok();
    // Also while there is work without end: the table would grow as long.
    DeleteOldRuns(stop);
    if (worked.ok() && *worked > 0) continue;
    const auto until = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(options_.poll_interval);
    MutexLock lock(mutex_);
    changed_.WaitUntil(mutex_, until, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return awake_; });
  }
}

absl::StatusOr<size_t> RunWorker::WorkOnce(const std::stop_token& stop) {
  Call call;
  call.stop = stop;
  const absl::Time now = clock_.Now();
  const absl::StatusOr<std::vector<Run>> runs =
      store_.Lease(call, now, now + options_.lease, options_.max_batch);
  if (!runs.ok()) return runs.status();
  if (runs->empty()) return 0;

  const std::vector<absl::StatusOr<EnrichedContact>> results = WorkOn(*runs, stop);
  std::vector<Settlement> settlements;
  settlements.reserve(runs->size());
  for (size_t i = 0; i < runs->size(); ++i) {
    settlements.push_back(Settled((*runs)[i], results[i], stop.stop_requested()));
  }
  // What was done is written down also when we are being stopped.
  absl::Status settled = store_.Settle(Call(), settlements);
  if (!settled.ok()) return settled;
  return runs->size();
}

std::vector<absl::StatusOr<EnrichedContact>> RunWorker::WorkOn(const std::vector<Run>& runs,
                                                               const std::stop_token& stop) {
  const auto batch = std::make_shared<Batch>(runs.size());
  for (size_t i = 0; i < runs.size(); ++i) {
    Call call;
    call.role = Role::kService;
    call.tenant = runs[i].tenant;
    call.stop = stop;
    // contact-svc writes it into the causes of the change that comes of it.
    call.request_id = runs[i].id.value();
    if (runs[i].attempts > options_.retries.max_attempts) {
      // Its workers vanished each time: it may be what makes them vanish.
      batch->Answer(i, DeadlineExceeded());
      continue;
    }
    enrich_.Run(call.Within(options_.budget, clock_), runs[i].contact,
                [batch, i](absl::StatusOr<EnrichedContact> result) { batch->Answer(i, std::move(result)); });
  }
  return batch->Wait();
}

Settlement RunWorker::Settled(const Run& run, const absl::StatusOr<EnrichedContact>& result, bool stopping) {
  const absl::Time now = clock_.Now();
  Settlement settlement{.tenant = run.tenant,
                        .run = run.id,
                        .attempt = run.attempts,
                        .filled_fields = run.filled_fields,
                        .end_time = now};
  if (result.ok()) {
    for (const Completion& completion : result->filled) {
      settlement.filled_fields.emplace_back(FieldPath(completion.field));
    }
  }
  const absl::Status status = Outcome(result);
  if (status.ok()) {
    settlement.state = RunState::kSucceeded;
    succeeded_.Increment();
    return settlement;
  }
  settlement.error_reason = ReasonOfFailure(status);
  const std::optional<absl::Duration> delay =
      stopping && absl::IsCancelled(status)
          ? absl::ZeroDuration()
          : DelayBeforeNext(options_.retries, run.attempts, status, random_);
  if (delay) {
    settlement.state = RunState::kPending;
    settlement.due_time = now + *delay;
    retried_.Increment();
    return settlement;
  }
  settlement.state = RunState::kFailed;
  failed_.Increment();
  Log(LogLevel::kWarning, "run_given_up",
      {{"run", Label(run.id.value())},
       {"attempts", run.attempts},
       {"reason", Label(settlement.error_reason)}});
  return settlement;
}

void RunWorker::DeleteOldRuns(const std::stop_token& stop) {
  const absl::Time now = clock_.Now();
  if (now < next_cleaning_) return;
  next_cleaning_ = now + kCleaningInterval;
  Call call;
  call.stop = stop;
  while (!stop.stop_requested()) {
    const absl::StatusOr<int64_t> deleted =
        store_.DeleteEnded(call, now - options_.retention, kCleaningBatch);
    if (!deleted.ok() || *deleted < kCleaningBatch) return;
  }
}

}  // namespace limpid::enrich

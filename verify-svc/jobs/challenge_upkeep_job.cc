#include "verify-svc/jobs/challenge_upkeep_job.h"

#include <chrono>

#include "libs/base/log.h"
#include "libs/base/strings.h"

namespace limpid::verify {

ChallengeUpkeepJob::ChallengeUpkeepJob(const ChallengeUpkeep& upkeep, absl::Duration interval)
    : upkeep_(upkeep), interval_(interval), thread_([this] { Work(); }) {}

ChallengeUpkeepJob::~ChallengeUpkeepJob() {
  {
    MutexLock lock(mutex_);
    stop_.request_stop();
  }
  stopped_.NotifyOne();
  thread_.join();
}

void ChallengeUpkeepJob::Work() {
  Call call;
  call.stop = stop_.get_token();
  while (true) {
    const absl::Status status = upkeep_.Run(call);
    if (!status.ok() && !call.Stopped()) {
      Log(LogLevel::kWarning, "challenge_upkeep_failed", {{"why", Label(Std(status.message()))}});
    }
    MutexLock lock(mutex_);
    const SteadyTime next = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(interval_);
    if (stopped_.WaitUntil(mutex_, next, [this] { return stop_.stop_requested(); })) return;
  }
}

}  // namespace limpid::verify

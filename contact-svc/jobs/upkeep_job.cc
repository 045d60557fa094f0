#include "contact-svc/jobs/upkeep_job.h"

#include <chrono>
#include <utility>

#include <pthread.h>

#include "libs/base/log.h"
#include "libs/base/strings.h"

namespace limpid::contact {

UpkeepJob::UpkeepJob(Upkeep upkeep, absl::Duration interval)
    : upkeep_(std::move(upkeep)), interval_(interval), thread_([this] { Work(); }) {
  pthread_setname_np(thread_.native_handle(), "upkeep");
}

UpkeepJob::~UpkeepJob() {
  {
    MutexLock lock(mutex_);
    stop_.request_stop();
  }
  stopped_.NotifyOne();
  thread_.join();
}

void UpkeepJob::Work() {
  Call call;
  call.stop = stop_.get_token();
  for (;;) {
    {
      MutexLock lock(mutex_);
      const SteadyTime next = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(interval_);
      if (stopped_.WaitUntil(mutex_, next, [this] { return stop_.stop_requested(); })) return;
    }
    const absl::Status status = upkeep_.Run(call);
    if (!status.ok() && !call.Stopped()) {
      Log(LogLevel::kWarning, "upkeep_failed", {{"why", Label(Std(status.message()))}});
    }
  }
}

}  // namespace limpid::contact

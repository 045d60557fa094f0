#include "verify-svc/jobs/list_watch_job.h"

#include <chrono>
#include <utility>

#include <pthread.h>

#include "libs/base/clock.h"
#include "libs/quality/quality_data.h"

namespace limpid::verify {

ListWatchJob::ListWatchJob(Options options, absl::AnyInvocable<void()> reload)
    : options_(std::move(options)),
      reload_(std::move(reload)),
      stamp_(quality::QualityData::StampOf(options_.folder)),
      thread_([this] { Work(); }) {
  pthread_setname_np(thread_.native_handle(), "list-watch");
}

ListWatchJob::~ListWatchJob() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.NotifyOne();
  thread_.join();
}

void ListWatchJob::Work() {
  for (;;) {
    {
      MutexLock lock(mutex_);
      const SteadyTime next = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(options_.interval);
      if (changed_.WaitUntil(mutex_, next, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; }))
        return;
    }
    // Taken before the files are read: what changes meanwhile is seen the next time.
    const uint64_t stamp = quality::QualityData::StampOf(options_.folder);
    if (stamp == stamp_) continue;
    stamp_ = stamp;
    reload_();
  }
}

}  // namespace limpid::verify

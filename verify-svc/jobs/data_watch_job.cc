#include "verify-svc/jobs/data_watch_job.h"

#include <chrono>

#include <pthread.h>

#include "libs/base/clock.h"

namespace limpid::verify {

DataWatchJob::DataWatchJob(ShippedData& data, absl::Duration interval)
    : data_(data), interval_(interval), stamp_(data.Stamp()), thread_([this] { Work(); }) {
  pthread_setname_np(thread_.native_handle(), "data-watch");
}

DataWatchJob::~DataWatchJob() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.NotifyOne();
  thread_.join();
}

void DataWatchJob::Work() {
  for (;;) {
    {
      MutexLock lock(mutex_);
      const SteadyTime next = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(interval_);
      if (changed_.WaitUntil(mutex_, next, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; }))
        return;
    }
    // Taken before the files are read: what changes meanwhile is seen the next time.
    const uint64_t stamp = data_.Stamp();
    if (stamp == stamp_) continue;
    stamp_ = stamp;
    data_.Reload();
  }
}

}  // namespace limpid::verify

#pragma once

#include <cstdint>
#include <thread>

#include "absl/time/time.h"

#include "libs/base/mutex.h"
#include "verify-svc/jobs/shipped_data.h"

namespace limpid::verify {

/// Has shipped data read again when their files have changed, which it looks for on a thread of its own until
/// it is destroyed. Looking costs some microseconds: dates and sizes, no content.
class DataWatchJob {
 public:
  /// `data` is read on the job's thread and must outlive it. What is refused is tried again with the next
  /// change.
  DataWatchJob(ShippedData& data, absl::Duration interval);
  ~DataWatchJob();
  DataWatchJob(const DataWatchJob&) = delete;
  DataWatchJob& operator=(const DataWatchJob&) = delete;

 private:
  void Work();

  ShippedData& data_;
  const absl::Duration interval_;
  uint64_t stamp_;  ///< Of what was read last.
  Mutex mutex_;
  CondVar changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace limpid::verify

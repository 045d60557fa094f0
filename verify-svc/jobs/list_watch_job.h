#pragma once

#include <cstdint>
#include <string>
#include <thread>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

#include "libs/base/mutex.h"

namespace limpid::verify {

/// Has the lists read again when their files have changed, which it looks for on a thread of its own until it
/// is destroyed. Looking costs a few microseconds: dates and sizes, no content.
class ListWatchJob {
 public:
  struct Options {
    std::string folder;       ///< quality::QualityData::Load() reads it.
    absl::Duration interval;  ///< Between two looks.
  };
  /// `reload` is called on the job's thread. What it cannot read is left to it, and tried again with the next
  /// change.
  ListWatchJob(Options options, absl::AnyInvocable<void()> reload);
  ~ListWatchJob();
  ListWatchJob(const ListWatchJob&) = delete;
  ListWatchJob& operator=(const ListWatchJob&) = delete;

 private:
  void Work();

  const Options options_;
  absl::AnyInvocable<void()> reload_;
  uint64_t stamp_;  ///< Of what was read last.
  Mutex mutex_;
  CondVar changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace limpid::verify

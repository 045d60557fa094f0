#pragma once

#include <thread>

#include "absl/time/time.h"

#include "contact-svc/app/upkeep.h"
#include "libs/base/mutex.h"

namespace limpid::contact {

/// Runs the upkeep now and then, on a thread of its own, until it is destroyed. A run that fails is logged
/// and made up for by the next.
class UpkeepJob {
 public:
  UpkeepJob(Upkeep upkeep, absl::Duration interval);
  ~UpkeepJob();
  UpkeepJob(const UpkeepJob&) = delete;
  UpkeepJob& operator=(const UpkeepJob&) = delete;

 private:
  void Work();

  Upkeep upkeep_;
  const absl::Duration interval_;
  std::stop_source stop_;
  Mutex mutex_;
  CondVar stopped_;
  std::thread thread_;
};

}  // namespace limpid::contact

#pragma once

#include <stop_token>
#include <thread>

#include "absl/time/time.h"

#include "libs/base/mutex.h"
#include "verify-svc/app/challenge_upkeep.h"

namespace limpid::verify {

/// Runs the upkeep of challenges at the start and then now and again, on a thread of its own, until it is
/// destroyed. A run that fails is logged and made up for by the next.
class ChallengeUpkeepJob {
 public:
  ChallengeUpkeepJob(const ChallengeUpkeep& upkeep, absl::Duration interval);
  ~ChallengeUpkeepJob();
  ChallengeUpkeepJob(const ChallengeUpkeepJob&) = delete;
  ChallengeUpkeepJob& operator=(const ChallengeUpkeepJob&) = delete;

 private:
  void Work();

  const ChallengeUpkeep upkeep_;
  const absl::Duration interval_;
  std::stop_source stop_;
  Mutex mutex_;
  CondVar stopped_;
  std::thread thread_;
};

}  // namespace limpid::verify

#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "verify-svc/app/challenge_store.h"

namespace limpid::verify {

/// Forgets challenges some time after they have expired, with whom they were sent to and what was proven, and
/// what was counted before yesterday. Safe to run twice, and by several replicas at once.
class ChallengeUpkeep {
 public:
  ChallengeUpkeep(absl::Duration retention, ChallengeStore& store, const Clock& clock)
      : retention_(retention), store_(store), clock_(clock) {}

  absl::Status Run(const Call& call) const;

 private:
  const absl::Duration retention_;
  ChallengeStore& store_;
  const Clock& clock_;
};

}  // namespace limpid::verify

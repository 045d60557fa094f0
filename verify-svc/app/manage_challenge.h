#pragma once

#include <vector>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "verify-svc/app/challenge_store.h"

namespace limpid::verify {

/// Gives and cancels challenges of the call's tenant. Thread-safe; waits for the store.
class ManageChallenge {
 public:
  ManageChallenge(ChallengeStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  absl::StatusOr<Challenge> Get(const Call& call, const ChallengeId& id) const {
    return store_.Get(call, id);
  }
  /// What was cancelled already is no error; FAILED_PRECONDITION for what is over otherwise.
  absl::StatusOr<Challenge> Cancel(const Call& call, const ChallengeId& id) const {
    const absl::Time now = clock_.Now();
    return store_.Change(call, now, id, [&](Challenge& challenge) -> absl::StatusOr<std::vector<Allowance>> {
      if (absl::Status status = verify::Cancel(challenge, now); !status.ok()) return status;
      return std::vector<Allowance>();
    });
  }

 private:
  ChallengeStore& store_;
  const Clock& clock_;
};

}  // namespace limpid::verify

#pragma once

#include "libs/base/call.h"
#include "verify-svc/app/challenge_parts.h"
#include "verify-svc/domain/challenge_request.h"

namespace limpid::verify {

/// Makes a challenge and sends its message. Thread-safe.
class CreateChallenge {
 public:
  explicit CreateChallenge(const ChallengeParts& parts) : parts_(parts) {}

  /// Waits for the store, then for whoever carries the message without a thread. INVALID_ARGUMENT with every
  /// violation; RESOURCE_EXHAUSTED when a limit is reached; UNAVAILABLE when the message could not be handed
  /// over, with nothing kept and nothing counted. Under an idempotency key one challenge is made and one
  /// message sent; IDEMPOTENCY_KEY_IN_USE while it is on its way.
  void Run(const Call& call, const ChallengeRequest& request, Done<Challenge> done) const;

 private:
  absl::StatusOr<Destination> Judge(const ChallengeRequest& request, const Policy& policy) const;
  Challenge Make(const Call& call, const ChallengeRequest& request, const Destination& destination,
                 absl::Time now) const;

  const ChallengeParts parts_;
};

}  // namespace limpid::verify

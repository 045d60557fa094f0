#pragma once

#include <string>

#include "libs/base/call.h"
#include "verify-svc/app/challenge_parts.h"

namespace limpid::verify {

/// Sends the message of a challenge once more: the same code or link, and no new tries. Thread-safe.
class ResendChallenge {
 public:
  explicit ResendChallenge(const ChallengeParts& parts) : parts_(parts) {}

  /// As CreateChallenge::Run. FAILED_PRECONDITION when the challenge is over, RESOURCE_EXHAUSTED before its
  /// cool-down has passed.
  void Run(const Call& call, const ChallengeId& id, const std::string& remote_address,
           Done<Challenge> done) const;

 private:
  const ChallengeParts parts_;
};

}  // namespace limpid::verify

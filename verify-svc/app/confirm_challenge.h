#pragma once

#include <string>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "verify-svc/app/challenge_parts.h"

namespace limpid::verify {

/// Looks at a code that a person typed. Thread-safe; waits for the store.
class ConfirmChallenge {
 public:
  struct Input {
    ChallengeId id;
    std::string code;            ///< Or the token of a link.
    std::string purpose;         ///< Empty: whatever the challenge is for.
    std::string remote_address;  ///< Of the person; empty when the caller does not know it.
  };

  explicit ConfirmChallenge(const ChallengeParts& parts) : parts_(parts) {}

  /// The approved challenge. Else CODE_NOT_ACCEPTED, the same answer in the same time for a wrong code, a
  /// challenge that is over and one that never was: who guesses learns nothing. A code works once: the same
  /// one again is not accepted either; who lost the answer reads the challenge.
  absl::StatusOr<Challenge> Run(const Call& call, const Input& input) const;

 private:
  const ChallengeParts parts_;
};

}  // namespace limpid::verify

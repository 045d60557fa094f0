#pragma once

#include <string>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "verify-svc/app/challenge_parts.h"

namespace limpid::verify {

enum class LinkResult { kConfirmed, kAlreadyConfirmed, kNotValid };

/// Confirms the challenge whose link a person followed and whose button they pressed. The token is all the
/// proof there is, and names the challenge of any tenant. Thread-safe; waits for the store.
class ConfirmLink {
 public:
  struct Input {
    std::string token;
    std::string remote_address;  ///< Of the person, as the gateway saw it.
  };
  struct Output {
    LinkResult result = LinkResult::kNotValid;
    std::string language;  ///< Of the message, empty where the link is not valid.
  };

  explicit ConfirmLink(const ChallengeParts& parts) : parts_(parts) {}

  /// The link again, once it has been confirmed, is kAlreadyConfirmed: a page that is loaded twice frightens
  /// nobody, and only who has the link learns of it.
  absl::StatusOr<Output> Run(const Call& call, const Input& input) const;

 private:
  const ChallengeParts parts_;
};

}  // namespace limpid::verify

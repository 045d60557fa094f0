#pragma once

#include <string>

#include "absl/status/status.h"

#include "verify-svc/domain/challenge.h"

namespace limpid::verify {

/// What a challenge is made of.
struct ChallengeRequest {
  ChallengeChannel channel = ChallengeChannel::kEmailCode;
  std::string destination;     ///< As the person typed it.
  std::string default_region;  ///< Of a number without a calling code; empty: the installation's.
  std::string purpose;
  std::string language;  ///< `fr`, `en`, or empty.
  std::string brand;     ///< Empty: the installation's.
  std::string autofill_host;
  std::string notice_version;
  std::string source;
  std::string remote_address;  ///< Of the person; empty when the caller does not know it.
};

/// INVALID_ARGUMENT with every violation, paths inside the challenge. Whether a message may go to the
/// destination is not asked here.
absl::Status CheckRequest(const ChallengeRequest& request);

}  // namespace limpid::verify

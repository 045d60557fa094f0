#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "libs/base/clock.h"
#include "libs/base/random.h"
#include "verify-svc/phone/protocol.h"

namespace limpid::verify {

struct VonageOptions {
  std::string url;  ///< `https://api-eu.vonage.com`.
  std::string application_id;
  std::string private_key;  ///< PEM of the application's RSA key.
  std::string insights;     ///< Comma-separated: `current_carrier,original_carrier,reachability,roaming`.
  std::string purpose;      ///< `FraudPreventionAndDetection`.
};

/// Vonage Identity Insights: `POST /v0.1/identity-insights`, one number each, under a JSON web token that the
/// application's key signs. Each insight carries a status code of its own under HTTP 200.
/// INVALID_ARGUMENT when the private key cannot be read.
absl::StatusOr<std::unique_ptr<const ProviderProtocol>> MakeVonage(VonageOptions options,
                                                                   const Clock& clock = SystemClock(),
                                                                   Random& random = SecureRandom());

}  // namespace limpid::verify

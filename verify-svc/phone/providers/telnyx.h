#pragma once

#include <memory>
#include <string>

#include "verify-svc/phone/protocol.h"

namespace limpid::verify {

struct TelnyxOptions {
  std::string url;  ///< `https://api.telnyx.com`.
  std::string api_key;
};

/// Telnyx' number look-up: `GET /v2/number_lookup/{number}?type=carrier`. Knows carrier, line type and, in
/// North America, portability; not whether the phone answers.
std::unique_ptr<const ProviderProtocol> MakeTelnyx(TelnyxOptions options);

}  // namespace limpid::verify

#pragma once

#include <memory>
#include <string>

#include "libs/base/clock.h"
#include "verify-svc/phone/protocol.h"

namespace limpid::verify {

struct HlrLookupsOptions {
  std::string url;  ///< `https://www.hlr-lookups.com`.
  std::string api_key;
  std::string api_secret;
};

/// hlr-lookups.com: `POST /api/v2/hlr-lookup`, one number each. A request is signed with HMAC-SHA-256 over
/// its path, time, method and body, so the clock must be right.
std::unique_ptr<const ProviderProtocol> MakeHlrLookups(HlrLookupsOptions options,
                                                       const Clock& clock = SystemClock());

}  // namespace limpid::verify

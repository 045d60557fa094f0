#pragma once

#include <memory>
#include <string>

#include "verify-svc/phone/protocol.h"

namespace limpid::verify {

struct TwilioOptions {
  std::string url;      ///< `https://lookups.twilio.com`.
  std::string api_key;  ///< `SK…`, or the account's SID.
  std::string api_secret;
  std::string fields;  ///< The packages that are asked for and paid, `line_type_intelligence,line_status`.
};

/// Twilio Lookup v2: `GET /v2/PhoneNumbers/{number}?Fields=…`, one number each.
///
/// A package that is null was not asked for or says nothing, which is not a "no"; each has an `error_code` of
/// its own under HTTP 200, and some truths are strings.
std::unique_ptr<const ProviderProtocol> MakeTwilio(TwilioOptions options);

}  // namespace limpid::verify

#pragma once

#include <memory>
#include <string>

#include "verify-svc/phone/protocol.h"

namespace limpid::verify {

struct SmsFactorOptions {
  std::string url;  ///< `https://api.smsfactor.com`.
  std::string token;
};

/// SMSFactor's HLR look-up: `POST /lookup` with a list of numbers, one credit each. Its reports are Infobip's
/// (hlr_report.h); what failed as a whole comes with HTTP 200 and a `status` below 1.
std::unique_ptr<const ProviderProtocol> MakeSmsFactor(SmsFactorOptions options);

}  // namespace limpid::verify

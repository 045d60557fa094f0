#pragma once

#include <memory>
#include <string>

#include "verify-svc/phone/protocol.h"

namespace limpid::verify {

struct InfobipOptions {
  std::string url;  ///< The account's own, `https://xxxxx.api.infobip.com`.
  std::string api_key;
};

/// Infobip's number look-up: `POST /number/1/query` with a list of numbers.
std::unique_ptr<const ProviderProtocol> MakeInfobip(InfobipOptions options);

/// The same over `POST /number/1/notify`: Infobip sends the results later, to the URL that it is given.
std::unique_ptr<const ReportingProtocol> MakeInfobipNotify(InfobipOptions options);

}  // namespace limpid::verify

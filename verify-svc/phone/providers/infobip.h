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

}  // namespace limpid::verify

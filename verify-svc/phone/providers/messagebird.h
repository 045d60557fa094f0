#pragma once

#include <memory>
#include <string>

#include "verify-svc/phone/protocol.h"

namespace limpid::verify {

struct MessageBirdOptions {
  std::string url;  ///< `https://rest.messagebird.com`.
  std::string access_key;
};

/// MessageBird's HLR: `POST /hlr`, one number each. The report comes later as a GET to the URL that the
/// account names, `…/v1/phoneReports`, with our reference among its parameters.
std::unique_ptr<const ReportingProtocol> MakeMessageBird(MessageBirdOptions options);

}  // namespace limpid::verify

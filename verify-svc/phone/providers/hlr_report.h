#pragma once

#include "libs/http/json_document.h"
#include "verify-svc/phone/provider.h"

namespace limpid::verify {

/// One number of an HLR report as SMSFactor and Infobip send it: `status`, `error{id, permanent}`, `mccMnc`,
/// `originalNetwork`, `portedNetwork`, `roamingNetwork`.
///
/// The provider's `permanent` decides before the number of the error does. Errors that are not about the
/// subscriber leave the reachability UNKNOWN; a REJECTED status says that the provider has no way to this
/// network, or no credit.
ProviderAnswer ReadHlrReport(const http::JsonValue& report);

}  // namespace limpid::verify

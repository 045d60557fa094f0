#pragma once

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "limpid/gateway/v1/capture_service.pb.h"

namespace limpid::gateway {

/// OK, or INVALID_ARGUMENT with every violation. A bad e-mail or phone is no violation but a verdict; what
/// the services own (custom fields, external ids, consents) they judge themselves.
absl::Status Validate(const v1::CheckRequest& request, absl::CivilDay today);
absl::Status Validate(const v1::SubmitRequest& request, absl::CivilDay today);

/// The part of a submit that is checked.
v1::CheckRequest CheckPartOf(const v1::SubmitRequest& request);

}  // namespace limpid::gateway

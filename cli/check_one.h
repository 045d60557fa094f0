#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "limpid/gateway/v1/capture_service.pb.h"

#include "cli/arguments.h"

namespace limpid::cli {

/// What the flags say of one person. INVALID_ARGUMENT for a depth or budget that cannot be read.
absl::StatusOr<gateway::v1::CheckRequest> RequestOf(const Arguments& arguments);

/// The answer as a person reads it.
std::string Describe(const gateway::v1::CheckResponse& response);

}  // namespace limpid::cli

#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace limpid::quality {

/// The content of a file below a data folder. NOT_FOUND names one that is missing or cannot be read.
absl::StatusOr<std::string> ReadDataFile(const std::string& directory, std::string_view name);

}  // namespace limpid::quality

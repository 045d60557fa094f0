#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace limpid::quality {

/// The content of a file below a data folder. NOT_FOUND names one that is missing or cannot be read.
absl::StatusOr<std::string> ReadDataFile(const std::string& directory, std::string_view name);

/// Changes when one of the files is written, added or removed: dates and sizes, no content.
uint64_t StampOfFiles(std::span<const std::string> paths);

}  // namespace limpid::quality

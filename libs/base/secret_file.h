#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace limpid {

/// Writes a secret into a file of one line, as a whole, mode 0600, making its folder when there is none: a
/// reader sees the old file or the whole new one. UNAVAILABLE names the file.
absl::Status WriteSecretFile(const std::string& path, std::string_view secret);

}  // namespace limpid

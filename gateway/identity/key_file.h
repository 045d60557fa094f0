#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace limpid::gateway {

inline constexpr std::string_view kKeyFileName = "admin.key";

/// The secret in a file of one line; nothing when there is no file or it holds none.
std::optional<std::string> ReadKeyFile(const std::string& path);
/// Writes the file as a whole, mode 0600, making its folder when there is none. UNAVAILABLE names the file.
absl::Status WriteKeyFile(const std::string& path, std::string_view secret);

}  // namespace limpid::gateway

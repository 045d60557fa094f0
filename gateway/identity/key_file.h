#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace limpid::gateway {

inline constexpr std::string_view kKeyFileName = "admin.key";

/// The secret in a file of one line; nothing when there is no file or it holds none.
std::optional<std::string> ReadKeyFile(const std::string& path);

}  // namespace limpid::gateway

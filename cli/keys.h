#pragma once

#include <span>
#include <string>

namespace limpid::cli {

/// `limpid keys create | list | get | revoke | rotate`.
int Keys(std::span<const std::string> words);

}  // namespace limpid::cli

#pragma once

#include <span>
#include <string>

namespace limpid::cli {

/// `limpid version`.
int PrintVersion(std::span<const std::string> words);

}  // namespace limpid::cli

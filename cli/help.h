#pragma once

#include <span>
#include <string>

namespace limpid::cli {

/// `limpid help [COMMAND]`.
int Help(std::span<const std::string> words);

}  // namespace limpid::cli

#pragma once

#include <span>
#include <string>

namespace limpid::cli {

/// `limpid check`: one person by flags, or a file.
int Check(std::span<const std::string> words);

}  // namespace limpid::cli

#pragma once

#include <span>
#include <string>

namespace limpid::cli {

/// `limpid call`: any method of the API, its request and answers as JSON.
int CallAnyMethod(std::span<const std::string> words);

}  // namespace limpid::cli

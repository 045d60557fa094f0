#pragma once

#include <string>
#include <vector>

namespace limpid::cli {

/// `limpid serve`: the whole suite in this process, over in-process channels. Answers the exit status.
int Serve(std::vector<std::string> args);

}  // namespace limpid::cli

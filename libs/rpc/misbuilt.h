#pragma once

#include <string_view>

namespace limpid::rpc {

/// Ends the process with a line that says what in our own code does not agree with the protos.
[[noreturn]] void Misbuilt(std::string_view what);

}  // namespace limpid::rpc

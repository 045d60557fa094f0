#pragma once

#include <string_view>

namespace limpid::gateway {

/// The FileDescriptorSet of all protos with their comments, as it was built into the program. What is
/// generated from protos for C++ has no comments.
std::string_view EmbeddedDescriptorSet();

}  // namespace limpid::gateway

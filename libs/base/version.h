#pragma once

#include <string_view>

namespace limpid {

/// The release (`0.1.0`), and the commit that it was built from; `unknown` outside a repository.
std::string_view Version();
std::string_view Commit();

}  // namespace limpid

#pragma once

#include <string>

namespace limpid::verify {

/// The name that this machine calls itself, where that is one that mail servers take; else `localhost`, which
/// most of them refuse.
std::string OwnHostName();

}  // namespace limpid::verify

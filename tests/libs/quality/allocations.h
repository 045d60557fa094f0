#pragma once

#include <functional>

namespace limpid::quality {

/// How often this thread calls operator new while `work` runs. Linking this replaces operator new for the
/// whole program; malloc stays what the sanitizers watch.
int AllocationsOf(const std::function<void()>& work);

}  // namespace limpid::quality

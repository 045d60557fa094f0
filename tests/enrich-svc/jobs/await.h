#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace limpid::enrich {

/// Looks again and again until `condition` holds; false when that takes so long that it never will.
inline bool Await(const std::function<bool()>& condition) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > give_up) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace limpid::enrich

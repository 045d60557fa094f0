#pragma once

#include <cstdio>
#include <cstdlib>

namespace limpid::fuzz {

/// Ends the program when something that has to hold for every input does not: the fuzzer then keeps the
/// input, and the replay of the corpus fails.
inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace limpid::fuzz

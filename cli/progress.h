#pragma once

#include <cstddef>
#include <cstdio>

#include "libs/base/clock.h"

namespace limpid::cli {

/// How far a long run is: a bar that is redrawn on a terminal, a plain line now and then elsewhere. One
/// thread at a time.
class Progress {
 public:
  /// `total` may be 0: unknown.
  Progress(std::FILE* out, bool terminal, size_t total, const Clock& clock = SystemClock());
  /// Leaves the terminal on a fresh line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Cheap: draws at most ten times a second on a terminal, and every ten seconds elsewhere.
  void Update(size_t done);

 private:
  void Draw(size_t done, SteadyTime now);

  std::FILE* const out_;
  const bool terminal_;
  const size_t total_;
  const Clock& clock_;
  const SteadyTime start_;
  SteadyTime next_;
  bool drawn_ = false;
};

}  // namespace limpid::cli

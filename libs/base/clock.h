#pragma once

#include <chrono>

#include "absl/time/time.h"

namespace limpid {

/// A point on the clock that never jumps. Deadlines and timeouts are kept in it.
using SteadyTime = std::chrono::steady_clock::time_point;

/// Where the time comes from, so that a test of 36 months lasts a millisecond. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall time: what is stored and shown.
  virtual absl::Time Now() const = 0;
  /// Steady time: what deadlines, leases in memory and rates are measured with.
  virtual SteadyTime SteadyNow() const = 0;
};

/// The machine's clock. Lives for the whole process.
const Clock& SystemClock();

}  // namespace limpid

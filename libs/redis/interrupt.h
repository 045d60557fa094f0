#pragma once

#include "libs/base/clock.h"
#include "libs/base/unique_fd.h"

namespace limpid::redis {

/// Wakes the connection's thread from its wait on a socket: there is work, or it shall end. Thread-safe.
class Interrupt {
 public:
  Interrupt();
  void Raise();
  void Clear();
  int fd() const { return fd_.get(); }

 private:
  UniqueFd fd_;
};

enum class Waited { kReady, kTimeout, kInterrupted };

/// Waits until `fd` can do one of `events` (poll's), `until` has passed, or the interrupt was raised. Without
/// events, or with a negative `fd`, it waits for the other two only.
Waited WaitFor(int fd, short events, SteadyTime until, const Interrupt& interrupt);

}  // namespace limpid::redis

#pragma once

#include <sys/types.h>

namespace limpid::testing {

/// Waits until somebody takes connections on a port of the loopback address. False when the process `pid`, a
/// child of ours, ends first, or after a minute.
bool WaitForPort(int port, pid_t pid);

}  // namespace limpid::testing

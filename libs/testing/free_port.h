#pragma once

namespace limpid::testing {

/// A TCP port of the loopback address on which nobody listens now. Between this answer and its use another
/// process may take it: prefer port 0 wherever the one who listens can tell what it got.
int FreePort();

}  // namespace limpid::testing

#pragma once

namespace limpid::text {

/// Whether two lower-case ASCII letters or digits lie side by side on a QWERTY, QWERTZ or AZERTY keyboard:
/// what a finger that misses its key types instead.
bool AreNeighbourKeys(char a, char b);

}  // namespace limpid::text

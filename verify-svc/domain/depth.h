#pragma once

namespace limpid::verify {

/// How far a verification goes.
enum class Depth {
  kFast,      ///< Computed, without any network.
  kStandard,  ///< Asks the DNS as well.
  kDeep,      ///< Asks mail servers and phone networks as well.
};

}  // namespace limpid::verify

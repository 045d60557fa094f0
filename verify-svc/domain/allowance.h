#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace limpid::verify {

/// So many of something within a window of time, for one scope: messages to a number, tries from a network.
/// Windows follow each other from the epoch on, the same for every replica.
struct Allowance {
  std::string scope;  ///< Of what kind and of whom; never a number or an address in clear.
  absl::Duration window;
  int64_t limit = 0;
  std::string_view reason;  ///< What a caller is told when it is spent.
};

/// When the window began that `now` is in.
inline absl::Time WindowStart(const Allowance& allowance, absl::Time now) {
  const absl::Duration since = now - absl::UnixEpoch();
  return absl::UnixEpoch() + absl::Floor(since, allowance.window);
}

}  // namespace limpid::verify

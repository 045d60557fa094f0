#pragma once

#include <algorithm>
#include <optional>

#include "absl/time/time.h"

#include "libs/base/call.h"

namespace limpid::verify {

/// The call that what asks the network gets: it ends with the budget, and early enough before the caller's
/// own deadline for an answer that says what is not known to find somebody who still waits for it.
inline Call WithinBudget(const Call& call, std::optional<absl::Duration> budget, const Clock& clock) {
  constexpr absl::Duration kMostForTheWayBack = absl::Milliseconds(50);
  const absl::Duration left = call.Remaining(clock);
  const absl::Duration mine = left - std::min(kMostForTheWayBack, left / 8);
  return call.Within(std::min(mine, budget.value_or(absl::InfiniteDuration())), clock);
}

}  // namespace limpid::verify

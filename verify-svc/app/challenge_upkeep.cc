#include "verify-svc/app/challenge_upkeep.h"

namespace limpid::verify {
namespace {

// As many at a time as keep nobody else waiting.
constexpr int kBatch = 500;
// The longest window is a day.
constexpr absl::Duration kWindowsKept = absl::Hours(48);

}  // namespace

absl::Status ChallengeUpkeep::Run(const Call& call) const {
  const absl::Time now = clock_.Now();
  while (call.Check().ok()) {
    const absl::StatusOr<int64_t> deleted = store_.DeleteExpired(call, now - retention_, kBatch);
    if (!deleted.ok()) return deleted.status();
    if (*deleted < kBatch) break;
  }
  return store_.DeleteWindows(call, now - kWindowsKept);
}

}  // namespace limpid::verify

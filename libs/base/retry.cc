#include "libs/base/retry.h"

#include <algorithm>
#include <cmath>

namespace limpid {
namespace {

constexpr absl::Duration kBudgetWindow = absl::Seconds(10);
// Half to one and a half times the computed delay: callers that failed together do not come back together.
constexpr double kLeastJitter = 0.5;
constexpr double kMostJitter = 1.5;

}  // namespace

RetryPolicy::RetryPolicy(Options options, const Clock& clock, Random& random)
    : options_(options), clock_(clock), random_(random), counts_(kBudgetWindow) {}

void RetryPolicy::CountRequest() {
  MutexLock lock(mutex_);
  counts_.Add(clock_.SteadyNow(), {.all = 1});
}

std::optional<absl::Duration> RetryPolicy::NextDelay(int attempts, const Call& call) {
  if (attempts > options_.max_retries || call.Stopped()) return std::nullopt;
  const absl::Duration backoff =
      std::min(options_.initial_delay * std::pow(options_.multiplier, attempts - 1), options_.max_delay);
  const absl::Duration delay = backoff * random_.Between(kLeastJitter, kMostJitter);
  if (delay >= call.Remaining(clock_) || !SpendBudget()) return std::nullopt;
  return delay;
}

bool RetryPolicy::SpendBudget() {
  MutexLock lock(mutex_);
  const SteadyTime now = clock_.SteadyNow();
  const SlidingCounts::Sums sums = counts_.Within(now);
  const double allowed = options_.budget * static_cast<double>(sums.all) +
                         options_.min_retries_per_second * absl::ToDoubleSeconds(kBudgetWindow);
  if (static_cast<double>(sums.marked + 1) > allowed) return false;
  counts_.Add(now, {.marked = 1});
  return true;
}

}  // namespace limpid

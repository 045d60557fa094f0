#include "enrich-svc/domain/run.h"

#include <algorithm>
#include <cstdlib>

#include "libs/base/strings.h"

namespace limpid::enrich {
std::string_view Name(RunState state) {
  switch (state) {
    case RunState::kPending:
      return "PENDING";
    case RunState::kRunning:
      return "RUNNING";
    case RunState::kSucceeded:
      return "SUCCEEDED";
    case RunState::kFailed:
      return "FAILED";
  }
  std::abort();
}

std::optional<RunState> RunStateFromName(std::string_view name) {
  for (const RunState state :
       {RunState::kPending, RunState::kRunning, RunState::kSucceeded, RunState::kFailed}) {
    if (Name(state) == name) return state;
  }
  return std::nullopt;
}

RunId RunIdFor(std::string_view event_id, const ScenarioId& scenario) {
  return RunId(StrCat(event_id, "-", scenario.value()));
}

bool IsTransient(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kUnauthenticated:  // clocks apart, or a signing key that is being replaced
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return true;
    default:
      return false;
  }
}

std::optional<absl::Duration> DelayBeforeNext(const RunRetries& retries, int attempt,
                                              const absl::Status& failure, Random& random) {
  if (!IsTransient(failure) || attempt >= retries.max_attempts) return std::nullopt;
  absl::Duration delay = retries.first_delay;
  for (int i = 1; i < attempt && delay < retries.max_delay; ++i) delay *= 2;
  delay = std::min(delay, retries.max_delay);
  return delay * random.Between(0.75, 1);
}

}  // namespace limpid::enrich

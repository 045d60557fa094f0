#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "enrich-svc/domain/scenario.h"
#include "libs/base/ids.h"
#include "libs/base/random.h"

namespace limpid::enrich {

using RunId = StrongId<struct RunTag>;

enum class RunState {
  kPending,  ///< Waits for a worker, or for its next attempt.
  kRunning,  ///< A worker has it, until its lease ends.
  kSucceeded,
  kFailed,  ///< Given up.
};
/// The words of the wire and the database: `PENDING`, `SUCCEEDED` …
std::string_view Name(RunState state);
std::optional<RunState> RunStateFromName(std::string_view name);

/// One answer of a scenario to one event.
struct Run {
  TenantId tenant;
  RunId id;
  ScenarioId scenario;
  ContactId contact;
  RunState state = RunState::kPending;
  int attempts = 0;                        ///< How often it was begun.
  std::vector<std::string> filled_fields;  ///< JSON paths.
  std::string error_reason;                ///< Of the last failure, UPPER_SNAKE; empty when there is none.
  absl::Time create_time;                  ///< When the event came.
  std::optional<absl::Time> end_time;
  friend bool operator==(const Run&, const Run&) = default;
};

/// The id of a scenario's answer to an event: equal whenever the event is given again, so that it makes one
/// run.
RunId RunIdFor(std::string_view event_id, const ScenarioId& scenario);

/// When a failed attempt is followed by another, and when a run is given up.
struct RunRetries {
  int max_attempts = 8;
  absl::Duration first_delay = absl::Seconds(2);
  absl::Duration max_delay = absl::Minutes(10);
};

/// Whether the same attempt can go better later: a peer is away, busy or late, or the contact was changed in
/// between. What the contact or our rights forbid stays forbidden.
bool IsTransient(const absl::Status& status);

/// How long to wait after attempt number `attempt` (from 1) has failed; nothing when the run is given up.
/// Doubles up to the maximum, less up to a quarter by chance, so that what failed together does not come back
/// together.
std::optional<absl::Duration> DelayBeforeNext(const RunRetries& retries, int attempt,
                                              const absl::Status& failure, Random& random);

}  // namespace limpid::enrich

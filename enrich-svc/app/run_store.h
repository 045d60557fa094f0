#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "enrich-svc/domain/run.h"
#include "libs/base/call.h"
#include "libs/base/ids.h"

namespace limpid::enrich {

/// The right of one replica to follow the contacts' events, while others wait.
struct WatchLease {
  std::string_view replica;  ///< Whose it is: unique among all processes, also after a restart.
  absl::Time now;
  absl::Time until;
};

/// How an attempt of a run ended.
struct Settlement {
  TenantId tenant;
  RunId run;
  int attempt = 0;  ///< Run::attempts of the attempt, so that one that was overtaken settles nothing.
  RunState state = RunState::kPending;  ///< PENDING: again at `due_time`; else the end, at `end_time`.
  std::vector<std::string> filled_fields;
  std::string error_reason;
  absl::Time due_time;
  absl::Time end_time;
};

/// Which runs to list.
struct RunFilter {
  std::optional<ContactId> contact;
  std::optional<RunState> state;
};

/// Where a page of runs ended: the next begins after it.
struct RunPosition {
  absl::Time create_time;
  RunId id;
};

/// The durable table of runs, which is also the queue of the work, and the place in the contacts' events up
/// to which it holds them all. Thread-safe; waits for the disk.
class RunStore {
 public:
  virtual ~RunStore() = default;

  /// Takes the lease, or renews it for the replica that has it. False while another replica has it.
  virtual absl::StatusOr<bool> TakeWatch(const Call& call, const WatchLease& lease) = 0;
  /// Gives the lease back, so that another replica need not wait for its end.
  virtual absl::Status ReleaseWatch(const Call& call, std::string_view replica) = 0;
  /// The cursor that was recorded last; nothing before the first.
  virtual absl::StatusOr<std::optional<std::string>> Cursor(const Call& call) = 0;
  /// Stores the runs, PENDING and due at once, together with the cursor behind their events, and renews the
  /// lease: all or nothing. Left out are runs that are there already and those of scenarios that their tenant
  /// has paused. FAILED_PRECONDITION when another replica has taken over.
  virtual absl::Status Record(const Call& call, const WatchLease& lease, std::string_view cursor,
                              std::span<const Run> runs) = 0;

  /// Hands out up to `limit` runs that are due, the longest due first: RUNNING, one attempt more, due again
  /// at `until` should the worker vanish. No run is handed to two workers.
  virtual absl::StatusOr<std::vector<Run>> Lease(const Call& call, absl::Time now, absl::Time until,
                                                 int limit) = 0;
  /// Writes down how attempts ended. An attempt that another has overtaken is left out.
  virtual absl::Status Settle(const Call& call, std::span<const Settlement> settlements) = 0;

  /// NOT_FOUND when the call's tenant has no such run.
  virtual absl::StatusOr<Run> Get(const Call& call, const RunId& id) = 0;
  /// Runs of the call's tenant, the newest first, from behind `after` on.
  virtual absl::StatusOr<std::vector<Run>> List(const Call& call, const RunFilter& filter,
                                                const std::optional<RunPosition>& after, int limit) = 0;
  /// Deletes up to `limit` runs that ended before `before`, of all tenants; says how many.
  virtual absl::StatusOr<int64_t> DeleteEnded(const Call& call, absl::Time before, int limit) = 0;
};

}  // namespace limpid::enrich

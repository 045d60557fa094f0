#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"

namespace limpid::contact {

/// What the upkeep needs of the database.
class UpkeepStore {
 public:
  virtual ~UpkeepStore() = default;
  /// Drops kept answers whose time is over at `now`, and events before `oldest_event`.
  virtual absl::Status DropExpired(const Call& call, absl::Time now, absl::Time oldest_event) = 0;
};

/// Drops what is kept only for a while: answers under idempotency keys, and events that no follower will ask
/// for any more. Safe to run twice and from several replicas at once.
class Upkeep {
 public:
  struct Options {
    absl::Duration events_kept = absl::Hours(24 * 14);
  };

  Upkeep(Options options, UpkeepStore& store, const Clock& clock)
      : options_(options), store_(store), clock_(clock) {}

  absl::Status Run(const Call& call) {
    const absl::Time now = clock_.Now();
    return store_.DropExpired(call, now, now - options_.events_kept);
  }

 private:
  const Options options_;
  UpkeepStore& store_;
  const Clock& clock_;
};

}  // namespace limpid::contact

#pragma once

#include <memory>

#include "libs/base/executor.h"
#include "libs/sql/commit_signal.h"
#include "verify-svc/app/policies_in_memory.h"

namespace limpid::verify {

/// Refreshes the policies in memory each time the database says that something may have been committed: on
/// PostgreSQL at least once a second, so that every replica follows what another one wrote.
class PolicyFollower {
 public:
  /// All must outlive the follower; it may end while the executor still runs.
  PolicyFollower(PoliciesInMemory& policies, Executor& executor, sql::CommitSignal& commits);
  /// Waits for a refresh that is under way.
  ~PolicyFollower();
  PolicyFollower(const PolicyFollower&) = delete;
  PolicyFollower& operator=(const PolicyFollower&) = delete;

 private:
  struct State;
  std::shared_ptr<State> state_;
  sql::CommitSignal::Subscription subscription_;
};

}  // namespace limpid::verify

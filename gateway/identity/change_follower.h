#pragma once

#include <memory>

#include "gateway/app/identity_store.h"
#include "gateway/identity/key_cache.h"
#include "libs/base/executor.h"
#include "libs/sql/commit_signal.h"

namespace limpid::gateway {

/// Empties the cache when another gateway has written: each time the database says that something may have
/// been committed (on PostgreSQL at least once a second), it asks for the store's version, and only a version
/// that has moved empties the cache. While the database is away, what is in the cache stays in force: nothing
/// can be revoked then either. Thread-safe.
class ChangeFollower {
 public:
  /// All must outlive the follower; it may end while the executor still runs.
  ChangeFollower(IdentityStore& store, KeyCache& cache, Executor& executor, sql::CommitSignal& commits);
  /// Waits for a question that is being asked.
  ~ChangeFollower();
  ChangeFollower(const ChangeFollower&) = delete;
  ChangeFollower& operator=(const ChangeFollower&) = delete;

 private:
  struct State;
  std::shared_ptr<State> state_;
  Executor& executor_;
  sql::CommitSignal::Subscription subscription_;
};

}  // namespace limpid::gateway

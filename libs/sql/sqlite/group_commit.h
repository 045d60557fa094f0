#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "libs/base/call.h"
#include "libs/base/mutex.h"
#include "libs/sql/database.h"
#include "libs/sql/sqlite/connection.h"

namespace limpid::sql {

/// The one writer of a SQLite file: a thread that runs all writes that wait in one transaction, each in a
/// savepoint of its own, so that one fsync serves all of them. While it syncs, the next ones gather.
/// Thread-safe.
class GroupCommit {
 public:
  GroupCommit(std::unique_ptr<SqliteConnection> connection, size_t max_pending, CommitSignal& commits);
  /// Runs what was admitted, then ends.
  ~GroupCommit();
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;

  void Submit(const Call& call, Database::OwnedWork work, Database::Committed done);

 private:
  struct Pending {
    Call call;
    Database::OwnedWork work;
    Database::Committed done;
    absl::Status result;
    bool failed = false;  ///< `result` is final: not run again when the group is.
  };

  /// Takes over both when there is room.
  bool Admit(const Call& call, Database::OwnedWork& work, Database::Committed& done);
  void Work();
  std::vector<Pending> NextGroup();
  void Commit(std::span<Pending> group);
  /// Runs the works that have not failed. False when SQLite has undone the whole transaction meanwhile.
  bool RunAll(std::span<Pending> group);
  absl::Status RunOne(Pending& write);
  absl::Status Control(std::string_view sql);

  const std::unique_ptr<SqliteConnection> connection_;
  const size_t max_pending_;
  CommitSignal& commits_;
  Mutex mutex_;
  CondVar work_;
  std::deque<Pending> queue_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace limpid::sql

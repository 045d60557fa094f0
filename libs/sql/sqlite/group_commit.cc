#include "libs/sql/sqlite/group_commit.h"

#include <algorithm>
#include <utility>

#include <pthread.h>

#include "libs/base/error.h"
#include "libs/sql/sqlite/session.h"

namespace limpid::sql {
namespace {

// Writes in one transaction: beyond some hundred the fsync's share of each is nothing, and the first one
// waits.
constexpr size_t kMaxGroup = 256;
constexpr absl::Duration kRetryWhenBusy = absl::Milliseconds(250);

}  // namespace

GroupCommit::GroupCommit(std::unique_ptr<SqliteConnection> connection, size_t max_pending,
                         CommitSignal& commits)
    : connection_(std::move(connection)),
      max_pending_(max_pending),
      commits_(commits),
      thread_([this] { Work(); }) {
  pthread_setname_np(thread_.native_handle(), "sqlite-writer");
}

GroupCommit::~GroupCommit() {
  {
    MutexLock lock(mutex_);
    closed_ = true;
  }
  work_.NotifyOne();
  thread_.join();
}

void GroupCommit::Submit(const Call& call, Database::OwnedWork work, Database::Committed done) {
  if (Admit(call, work, done)) {
    work_.NotifyOne();
  } else {
    done(Overloaded(kRetryWhenBusy));
  }
}

bool GroupCommit::Admit(const Call& call, Database::OwnedWork& work, Database::Committed& done) {
  MutexLock lock(mutex_);
  if (queue_.size() >= max_pending_) return false;
  queue_.push_back({.call = call, .work = std::move(work), .done = std::move(done), .result = {}});
  return true;
}

void GroupCommit::Work() {
  for (;;) {
    std::vector<Pending> group = NextGroup();
    if (group.empty()) return;
    Commit(group);
    const bool wrote = std::ranges::any_of(group, [](const Pending& write) { return write.result.ok(); });
    for (Pending& write : group) write.done(std::move(write.result));
    if (wrote) commits_.Notify();
  }
}

std::vector<GroupCommit::Pending> GroupCommit::NextGroup() {
  std::vector<Pending> group;
  MutexLock lock(mutex_);
  work_.Wait(mutex_, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return closed_ || !queue_.empty(); });
  while (!queue_.empty() && group.size() < kMaxGroup) {
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return group;
}

void GroupCommit::Commit(std::span<Pending> group) {
  for (;;) {
    absl::Status status = Control("BEGIN IMMEDIATE");
    if (status.ok()) {
      // Who made SQLite undo everything is marked as failed by now; the others are run again without it.
      if (!RunAll(group)) continue;
      status = Control("COMMIT");
    }
    if (status.ok()) return;
    if (connection_->InTransaction()) Control("ROLLBACK").IgnoreError();
    const auto hoping = [](const Pending& write) { return !write.failed; };
    if (group.size() > 1 && std::ranges::count_if(group, hoping) > 1) {
      // Perhaps one of them is too large for the disk and the others are not.
      for (Pending& write : group) {
        if (!write.failed) Commit({&write, 1});
      }
      return;
    }
    for (Pending& write : group) {
      if (!write.failed) write.result = status;
    }
    return;
  }
}

bool GroupCommit::RunAll(std::span<Pending> group) {
  for (Pending& write : group) {
    if (write.failed) continue;
    write.result = RunOne(write);
    write.failed = !write.result.ok();
    if (connection_->InTransaction()) continue;
    if (!write.failed) {
      write.result = Unavailable("database");
      write.failed = true;
    }
    return false;
  }
  return true;
}

absl::Status GroupCommit::RunOne(Pending& write) {
  if (absl::Status over = write.call.Check(); !over.ok()) return over;
  if (absl::Status status = Control("SAVEPOINT work"); !status.ok()) return status;
  absl::Status status;
  {
    SqliteSession session(*connection_, write.call);
    status = write.work(session);
    if (status.ok()) status = session.failure();
  }
  if (!connection_->InTransaction()) return status;
  if (!status.ok()) {
    if (absl::Status undone = Control("ROLLBACK TO work"); !undone.ok()) return undone;
  }
  const absl::Status released = Control("RELEASE work");
  return status.ok() ? released : status;
}

absl::Status GroupCommit::Control(std::string_view sql) { return connection_->Run(sql, {}).status(); }

}  // namespace limpid::sql

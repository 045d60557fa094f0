#include "gateway/identity/change_follower.h"

#include <atomic>
#include <cstdint>
#include <optional>

#include "libs/base/mutex.h"

namespace limpid::gateway {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(1);

}  // namespace

struct ChangeFollower::State {
  State(IdentityStore& the_store, KeyCache& the_cache) : store(the_store), cache(the_cache) {}

  void Look() {
    MutexLock lock(mutex);
    waiting.store(false);  // what is signalled from now on is looked at again
    if (ended) return;
    const absl::StatusOr<int64_t> now = store.Version(Call{}.Within(kTimeout));
    if (!now.ok() || seen == *now) return;
    seen = *now;
    cache.Clear();
  }

  IdentityStore& store;
  KeyCache& cache;
  std::atomic<bool> waiting = false;
  Mutex mutex;
  bool ended ABSL_GUARDED_BY(mutex) = false;
  std::optional<int64_t> seen ABSL_GUARDED_BY(mutex);
};

ChangeFollower::ChangeFollower(IdentityStore& store, KeyCache& cache, Executor& executor,
                               sql::CommitSignal& commits)
    : state_(std::make_shared<State>(store, cache)), executor_(executor) {
  subscription_ = commits.Subscribe([state = state_, &executor = executor_] {
    if (state->waiting.exchange(true)) return;
    // A full executor is busy with calls: the next signal asks again.
    if (!executor.Submit([state] { state->Look(); }).ok()) state->waiting.store(false);
  });
}

ChangeFollower::~ChangeFollower() {
  subscription_ = {};
  MutexLock lock(state_->mutex);
  state_->ended = true;
}

}  // namespace limpid::gateway

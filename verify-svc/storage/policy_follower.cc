#include "verify-svc/storage/policy_follower.h"

#include <atomic>

#include "libs/base/mutex.h"

namespace limpid::verify {
namespace {

constexpr absl::Duration kTimeout = absl::Seconds(1);

}  // namespace

struct PolicyFollower::State {
  explicit State(PoliciesInMemory& the_policies) : policies(the_policies) {}

  void Refresh() {
    MutexLock lock(mutex);
    waiting.store(false);  // what is signalled from now on is looked at again
    // What fails now is read at the next signal.
    if (!ended) policies.Refresh(Call{}.Within(kTimeout)).IgnoreError();
  }

  PoliciesInMemory& policies;
  std::atomic<bool> waiting = false;
  Mutex mutex;
  bool ended ABSL_GUARDED_BY(mutex) = false;
};

PolicyFollower::PolicyFollower(PoliciesInMemory& policies, Executor& executor, sql::CommitSignal& commits)
    : state_(std::make_shared<State>(policies)) {
  subscription_ = commits.Subscribe([state = state_, &executor] {
    if (state->waiting.exchange(true)) return;
    // A full executor is busy with calls: the next signal asks again.
    if (!executor.Submit([state] { state->Refresh(); }).ok()) state->waiting.store(false);
  });
}

PolicyFollower::~PolicyFollower() {
  subscription_ = {};
  MutexLock lock(state_->mutex);
  state_->ended = true;
}

}  // namespace limpid::verify

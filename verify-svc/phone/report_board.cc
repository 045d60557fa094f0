#include "verify-svc/phone/report_board.h"

#include <utility>

namespace limpid::verify {

void ReportBoard::Await(const Call& call, const std::string& id, PhoneProvider::OnAnswers done) {
  {
    MutexLock lock(mutex_);
    if (!closed_) {
      const Timers::Id timer =
          timers_.At(call.deadline, [this, id] { Deliver(id, {.outcome = LookupOutcome::kTimeout}); });
      waiting_[id] = {.done = std::move(done), .timer = timer};
      return;
    }
  }
  done({{.outcome = LookupOutcome::kTimeout}});
}

bool ReportBoard::Deliver(const std::string& id, ProviderAnswer answer) {
  Waiting waiting;
  {
    MutexLock lock(mutex_);
    const auto found = waiting_.find(id);
    if (found == waiting_.end()) return false;
    waiting = std::move(found->second);
    waiting_.erase(found);
  }
  timers_.Cancel(waiting.timer);
  waiting.done({std::move(answer)});
  return true;
}

void ReportBoard::Close() {
  absl::flat_hash_map<std::string, Waiting> waiting;
  {
    MutexLock lock(mutex_);
    closed_ = true;
    waiting.swap(waiting_);
  }
  for (auto& [id, one] : waiting) {
    timers_.Cancel(one.timer);
    one.done({{.outcome = LookupOutcome::kTimeout}});
  }
}

}  // namespace limpid::verify

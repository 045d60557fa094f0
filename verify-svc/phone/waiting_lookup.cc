#include "verify-svc/phone/waiting_lookup.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

#include "libs/quality/reasons.h"

namespace limpid::verify {
namespace {

// What is left of a deadline for the answer to travel.
constexpr double kShareForTheWay = 0.05;
constexpr absl::Duration kMaxForTheWay = absl::Milliseconds(50);

// Tells each place once: by whoever is first, the network or the deadline.
class Wait {
 public:
  Wait(std::size_t places, NumberLookup::OnFacts tell)
      : told_(places), open_(places), tell_(std::move(tell)) {}

  /// True for the last of all places.
  bool Tell(std::size_t place, NumberFacts facts) {
    if (told_[place].exchange(true)) return false;
    tell_(place, std::move(facts));
    return open_.fetch_sub(1) == 1;
  }

  void GiveUp() {
    NumberFacts late;
    late.reachability = quality::Reachability::kUnknown;
    AddReason(late, quality::phone_reason::kProviderTimeout);
    for (std::size_t place = 0; place < told_.size(); ++place) Tell(place, late);
  }

 private:
  std::vector<std::atomic<bool>> told_;
  std::atomic<std::size_t> open_;
  const NumberLookup::OnFacts tell_;
};

}  // namespace

WaitingLookup::WaitingLookup(NumberLookup& next, Timers& timers, absl::Duration max_time, const Clock& clock)
    : next_(next), timers_(timers), max_time_(max_time), clock_(clock) {}

void WaitingLookup::AwaitEnd() {
  MutexLock lock(mutex_);
  ended_.Wait(mutex_, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return running_ == 0; });
}

void WaitingLookup::Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) {
  if (numbers.empty()) return;
  const auto wait = std::make_shared<Wait>(numbers.size(), std::move(tell));
  const absl::Duration left = std::min(call.Remaining(clock_), max_time_);
  if (left <= absl::ZeroDuration()) return wait->GiveUp();
  const absl::Duration patience = left - std::min(left * kShareForTheWay, kMaxForTheWay);
  const Timers::Id timer =
      timers_.At(clock_.SteadyNow() + absl::ToChronoNanoseconds(patience), [wait] { wait->GiveUp(); });
  {
    MutexLock lock(mutex_);
    ++running_;
  }
  Call own = call;
  own.stop = stopping_.get_token();
  own.deadline = SteadyTime::max();
  own = own.Within(max_time_, clock_);
  const auto open = std::make_shared<std::atomic<std::size_t>>(numbers.size());
  next_.Find(own, std::move(numbers), [this, wait, timer, open](std::size_t place, NumberFacts facts) {
    if (wait->Tell(place, std::move(facts))) timers_.Cancel(timer);
    if (open->fetch_sub(1) == 1) Ended();
  });
}

void WaitingLookup::Ended() {
  // Notified under the lock: who waits may take this away as soon as it can see the count.
  MutexLock lock(mutex_);
  --running_;
  ended_.NotifyAll();
}

}  // namespace limpid::verify

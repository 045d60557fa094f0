#include "libs/base/circuit_breaker.h"

#include <algorithm>
#include <utility>

namespace limpid {

CircuitBreaker::Permit& CircuitBreaker::Permit::operator=(Permit&& other) noexcept {
  if (this == &other) return *this;
  Drop();
  breaker_ = std::exchange(other.breaker_, nullptr);
  era_ = other.era_;
  return *this;
}

void CircuitBreaker::Permit::Succeeded() {
  if (CircuitBreaker* breaker = std::exchange(breaker_, nullptr)) breaker->Succeeded(era_);
}

bool CircuitBreaker::Permit::Failed() {
  CircuitBreaker* breaker = std::exchange(breaker_, nullptr);
  return breaker != nullptr && breaker->Failed(era_);
}

void CircuitBreaker::Permit::Drop() {
  if (CircuitBreaker* breaker = std::exchange(breaker_, nullptr)) breaker->Dropped(era_);
}

CircuitBreaker::CircuitBreaker(Options options, const Clock& clock, Random& random)
    : options_(options),
      clock_(clock),
      random_(random),
      counts_(options.window),
      probe_after_(options.first_probe_after) {}

std::optional<CircuitBreaker::Permit> CircuitBreaker::Admit() {
  MutexLock lock(mutex_);
  switch (state_) {
    case State::kClosed:
      return Permit(this, era_);
    case State::kHalfOpen:
      return std::nullopt;
    case State::kOpen:
      if (clock_.SteadyNow() < probe_time_) return std::nullopt;
      state_ = State::kHalfOpen;
      return Permit(this, ++era_);
  }
  return std::nullopt;
}

CircuitBreaker::State CircuitBreaker::state() const {
  MutexLock lock(mutex_);
  return state_;
}

absl::Duration CircuitBreaker::RetryAfter() const {
  MutexLock lock(mutex_);
  if (state_ == State::kClosed) return absl::ZeroDuration();
  return std::max(absl::FromChrono(probe_time_ - clock_.SteadyNow()), absl::ZeroDuration());
}

void CircuitBreaker::Succeeded(uint64_t era) {
  MutexLock lock(mutex_);
  if (era != era_) return;
  consecutive_failures_ = 0;
  if (state_ == State::kClosed) {
    counts_.Add(clock_.SteadyNow(), {.all = 1});
    return;
  }
  state_ = State::kClosed;
  ++era_;
  counts_.Clear();
  probe_after_ = options_.first_probe_after;
}

bool CircuitBreaker::Failed(uint64_t era) {
  MutexLock lock(mutex_);
  if (era != era_) return false;
  if (state_ == State::kHalfOpen) {
    Open(std::min(probe_after_ * 2, options_.max_probe_after));
    return true;
  }
  const SteadyTime now = clock_.SteadyNow();
  counts_.Add(now, {.all = 1, .marked = 1});
  ++consecutive_failures_;
  const SlidingCounts::Sums sums = counts_.Within(now);
  const bool too_many =
      sums.all >= options_.min_calls &&
      static_cast<double>(sums.marked) >= options_.max_failure_ratio * static_cast<double>(sums.all);
  if (consecutive_failures_ < options_.max_consecutive_failures && !too_many) return false;
  Open(options_.first_probe_after);
  return true;
}

void CircuitBreaker::Dropped(uint64_t era) {
  MutexLock lock(mutex_);
  if (era != era_ || state_ != State::kHalfOpen) return;
  // The probe time has passed already: the next caller probes.
  state_ = State::kOpen;
  ++era_;
}

void CircuitBreaker::Open(absl::Duration probe_after) {
  state_ = State::kOpen;
  ++era_;
  consecutive_failures_ = 0;
  probe_after_ = probe_after;
  probe_time_ =
      clock_.SteadyNow() +
      absl::ToChronoNanoseconds(probe_after * random_.Between(1 - options_.jitter, 1 + options_.jitter));
}

}  // namespace limpid

#include "verify-svc/phone/paced_provider.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "verify-svc/phone/protocol.h"

namespace limpid::verify {
namespace {

// However long a provider asks us to stay away.
constexpr absl::Duration kLongestPause = absl::Minutes(10);

const ProviderAnswer kTurnedAway = {.outcome = LookupOutcome::kBusy, .billed = false};

}  // namespace

PacedProvider::PacedProvider(std::unique_ptr<PhoneProvider> next, Options options, Timers& timers,
                             const Clock& clock)
    : next_(std::move(next)),
      options_(options),
      timers_(timers),
      life_(std::make_shared<Life>(this)),
      clock_(clock),
      bucket_(options.per_minute, options.burst) {}

void PacedProvider::Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) {
  bool refused = false;
  {
    MutexLock lock(mutex_);
    refused = waiting_.size() >= options_.max_waiting;
    if (!refused) waiting_.push_back({.call = call, .numbers = std::move(numbers), .done = std::move(done)});
  }
  if (refused) return done(AnswerAll(numbers.size(), kTurnedAway));
  Advance();
}

void PacedProvider::Advance() {
  {
    MutexLock lock(mutex_);
    look_again_ = true;
    if (std::exchange(advancing_, true)) return;
  }
  for (;;) {
    std::optional<Question> question;
    bool send = false;
    {
      MutexLock lock(mutex_);
      question = Take(send);
      if (!question && !std::exchange(look_again_, false)) {
        advancing_ = false;
        return;
      }
    }
    if (!question) continue;
    if (send) {
      Send(*std::move(question));
    } else {
      question->done(AnswerAll(question->numbers.size(), kTurnedAway));
    }
  }
}

std::optional<PacedProvider::Question> PacedProvider::Take(bool& send) {
  if (waiting_.empty()) return std::nullopt;
  const SteadyTime now = clock_.SteadyNow();
  const auto take_front = [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    Question question = std::move(waiting_.front());
    waiting_.pop_front();
    return question;
  };
  if (!waiting_.front().call.Check(clock_).ok()) return take_front();
  const bool full = running_ >= options_.max_at_once;
  SteadyTime turn = std::max(now, paused_until_);
  if (turn <= now && !full) {
    const absl::Duration wait = bucket_.TryAcquire(now);
    if (wait <= absl::ZeroDuration()) {
      ++running_;
      send = true;
      return take_front();
    }
    turn = wait > kLongestPause ? SteadyTime::max() : now + absl::ToChronoNanoseconds(wait);
  }
  // Who cannot wait so long is not kept: the next provider may still have time.
  if (turn >= waiting_.front().call.deadline) return take_front();
  // When a question is under way its end looks again; else the clock does.
  const bool somebody_will_look = full || wake_ <= turn;
  if (!somebody_will_look) {
    wake_ = turn;
    timers_.At(turn, [life = life_] {
      MutexLock alive(life->mutex);
      if (life->provider != nullptr) life->provider->Wake();
    });
  }
  return std::nullopt;
}

void PacedProvider::Wake() {
  {
    MutexLock lock(mutex_);
    wake_ = SteadyTime::max();
  }
  Advance();
}

PacedProvider::~PacedProvider() {
  MutexLock alive(life_->mutex);
  life_->provider = nullptr;
}

void PacedProvider::Send(Question question) {
  next_->Ask(question.call, std::move(question.numbers),
             [this, done = std::move(question.done)](std::vector<ProviderAnswer> answers) mutable {
               Answered(answers);
               done(std::move(answers));
             });
}

void PacedProvider::Answered(const std::vector<ProviderAnswer>& answers) {
  absl::Duration pause = absl::ZeroDuration();
  for (const ProviderAnswer& answer : answers) pause = std::max(pause, answer.retry_after);
  {
    MutexLock lock(mutex_);
    --running_;
    if (pause > absl::ZeroDuration()) {
      paused_until_ = std::max(
          paused_until_, clock_.SteadyNow() + absl::ToChronoNanoseconds(std::min(pause, kLongestPause)));
    }
  }
  Advance();
}

}  // namespace limpid::verify

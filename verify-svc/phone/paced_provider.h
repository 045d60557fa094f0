#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/base/timers.h"
#include "libs/base/token_bucket.h"
#include "verify-svc/phone/provider.h"

namespace limpid::verify {

/// Asks a provider no faster than the account allows, and no more questions at once.
///
/// A question beyond that waits for its turn, in order, while its deadline allows; then it is kBusy without
/// having been sent. When the provider itself says "come again in …", nothing is sent until then.
/// Thread-safe; `timers` must outlive it.
class PacedProvider final : public PhoneProvider {
 public:
  struct Options {
    double per_minute = 600;  ///< Questions, not numbers.
    double burst = 20;
    int max_at_once = 16;
    std::size_t max_waiting = 4096;
  };

  PacedProvider(std::unique_ptr<PhoneProvider> next, Options options, Timers& timers,
                const Clock& clock = SystemClock());
  ~PacedProvider() override;

  const std::string& name() const override { return next_->name(); }
  std::size_t max_numbers() const override { return next_->max_numbers(); }
  void Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) override;
  /// Turns away what waits and whose call has been stopped.
  void TurnAway() { Advance(); }

 private:
  struct Question {
    Call call;
    std::vector<NumberQuestion> numbers;
    OnAnswers done;
  };

  /// Sends what may be sent now and turns away what cannot wait. By one thread at a time: one that comes
  /// meanwhile makes that one look again, so that answers which come at once pile up no frames.
  void Advance();
  void Wake();
  /// The next question to be dealt with now, if any; `send` says whether its turn has come.
  std::optional<Question> Take(bool& send) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Send(Question question);
  void Answered(const std::vector<ProviderAnswer>& answers);

  const std::unique_ptr<PhoneProvider> next_;
  const Options options_;
  Timers& timers_;
  // Timers outlive the provider, and may call when it has gone.
  struct Life {
    explicit Life(PacedProvider* owner) : provider(owner) {}
    Mutex mutex;
    PacedProvider* provider;
  };
  const std::shared_ptr<Life> life_;
  const Clock& clock_;
  Mutex mutex_;
  TokenBucket bucket_ ABSL_GUARDED_BY(mutex_);
  std::deque<Question> waiting_ ABSL_GUARDED_BY(mutex_);
  int running_ ABSL_GUARDED_BY(mutex_) = 0;
  bool advancing_ ABSL_GUARDED_BY(mutex_) = false;
  bool look_again_ ABSL_GUARDED_BY(mutex_) = false;
  SteadyTime paused_until_ ABSL_GUARDED_BY(mutex_) = SteadyTime::min();
  SteadyTime wake_ ABSL_GUARDED_BY(mutex_) = SteadyTime::max();
};

}  // namespace limpid::verify

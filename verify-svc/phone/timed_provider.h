#pragma once

#include <memory>
#include <utility>

#include "libs/base/clock.h"
#include "verify-svc/phone/provider.h"

namespace limpid::verify {

/// Gives a provider its own time, however long the question may take with others in turn. Thread-safe.
class TimedProvider final : public PhoneProvider {
 public:
  TimedProvider(std::unique_ptr<PhoneProvider> next, absl::Duration timeout,
                const Clock& clock = SystemClock())
      : next_(std::move(next)), timeout_(timeout), clock_(clock) {}

  const std::string& name() const override { return next_->name(); }
  std::size_t max_numbers() const override { return next_->max_numbers(); }
  void Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) override {
    next_->Ask(call.Within(timeout_, clock_), std::move(numbers), std::move(done));
  }

 private:
  const std::unique_ptr<PhoneProvider> next_;
  const absl::Duration timeout_;
  const Clock& clock_;
};

}  // namespace limpid::verify

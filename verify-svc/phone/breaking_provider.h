#pragma once

#include <memory>

#include "libs/base/circuit_breaker.h"
#include "verify-svc/phone/provider.h"

namespace limpid::verify {

/// Leaves a provider alone that fails, so that its callers lose no time before the next is asked. Failures
/// are timeouts and "busy"; what it refuses or does not know it says in good health. Thread-safe.
class BreakingProvider final : public PhoneProvider {
 public:
  BreakingProvider(std::unique_ptr<PhoneProvider> next, CircuitBreaker::Options options,
                   const Clock& clock = SystemClock(), Random& random = SecureRandom());

  const std::string& name() const override { return next_->name(); }
  std::size_t max_numbers() const override { return next_->max_numbers(); }
  void Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) override;

 private:
  const std::unique_ptr<PhoneProvider> next_;
  CircuitBreaker breaker_;
};

}  // namespace limpid::verify

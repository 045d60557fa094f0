#pragma once

#include <memory>
#include <vector>

#include "libs/base/metrics.h"
#include "verify-svc/phone/provider.h"

namespace limpid::verify {

/// Counts what a provider is asked, by how it ended, and how long it takes. Thread-safe.
class CountedProvider final : public PhoneProvider {
 public:
  CountedProvider(std::unique_ptr<PhoneProvider> next, MetricsRegistry& metrics);

  const std::string& name() const override { return next_->name(); }
  std::size_t max_numbers() const override { return next_->max_numbers(); }
  void Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) override;

 private:
  const std::unique_ptr<PhoneProvider> next_;
  std::vector<Counter> numbers_;  ///< By LookupOutcome.
  Histogram seconds_;
};

}  // namespace limpid::verify

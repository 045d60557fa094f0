#include "verify-svc/phone/counted_provider.h"

#include <array>
#include <chrono>
#include <string>
#include <utility>

namespace limpid::verify {
namespace {

// In the order of LookupOutcome.
constexpr std::array kOutcomes = {"answered", "no_coverage", "timeout", "busy", "refused", "budget_spent"};

}  // namespace

CountedProvider::CountedProvider(std::unique_ptr<PhoneProvider> next, MetricsRegistry& metrics)
    : next_(std::move(next)),
      seconds_(metrics.AddHistogram("limpid_verify_phone_provider_seconds",
                                    "How long a phone provider took to answer.",
                                    {{"provider", next_->name()}})) {
  for (const char* outcome : kOutcomes) {
    numbers_.push_back(
        metrics.AddCounter("limpid_verify_phone_provider_numbers_total",
                           "Numbers that phone providers were asked about, by what came of it.",
                           {{"provider", next_->name()}, {"outcome", outcome}}));
  }
}

void CountedProvider::Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) {
  const auto began = std::chrono::steady_clock::now();
  next_->Ask(call, std::move(numbers),
             [this, began, done = std::move(done)](std::vector<ProviderAnswer> answers) mutable {
               const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
               seconds_.Observe(took.count());
               for (const ProviderAnswer& answer : answers) {
                 numbers_[static_cast<std::size_t>(answer.outcome)].Increment();
               }
               done(std::move(answers));
             });
}

}  // namespace limpid::verify

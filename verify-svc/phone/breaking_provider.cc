#include "verify-svc/phone/breaking_provider.h"

#include <algorithm>
#include <utility>

#include "libs/base/log.h"
#include "verify-svc/phone/protocol.h"

namespace limpid::verify {
namespace {

bool IsFailure(const ProviderAnswer& answer) {
  return answer.outcome == LookupOutcome::kTimeout || answer.outcome == LookupOutcome::kBusy;
}

}  // namespace

BreakingProvider::BreakingProvider(std::unique_ptr<PhoneProvider> next, CircuitBreaker::Options options,
                                   const Clock& clock, Random& random)
    : next_(std::move(next)), breaker_(options, clock, random) {}

void BreakingProvider::Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) {
  std::optional<CircuitBreaker::Permit> permit = breaker_.Admit();
  if (!permit) {
    return done(
        AnswerAll(numbers.size(),
                  {.outcome = LookupOutcome::kBusy, .billed = false, .retry_after = breaker_.RetryAfter()}));
  }
  next_->Ask(call, std::move(numbers),
             [this, call, permit = *std::move(permit),
              done = std::move(done)](std::vector<ProviderAnswer> answers) mutable {
               if (call.Stopped()) {
                 // Ended by us, which tells nothing of the provider. Given back now: the breaker may be gone
                 // once `done` was called.
                 const CircuitBreaker::Permit dropped = std::move(permit);
               } else if (!std::ranges::all_of(answers, IsFailure)) {
                 permit.Succeeded();
               } else if (permit.Failed()) {
                 Log(LogLevel::kWarning, "phone_provider_left_alone", {{"provider", Label(name())}});
               }
               done(std::move(answers));
             });
}

}  // namespace limpid::verify

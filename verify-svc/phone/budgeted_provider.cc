#include "verify-svc/phone/budgeted_provider.h"

#include <algorithm>

#include "verify-svc/phone/protocol.h"

namespace limpid::verify {

void BudgetedProvider::Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) {
  const int daily = policies_.Of(call.tenant)->phone.daily_lookups;
  const int wanted = static_cast<int>(numbers.size());
  budget_.Reserve(
      call, daily, wanted,
      [this, call, numbers = std::move(numbers),
       done = std::move(done)](absl::StatusOr<int> granted) mutable {
        if (!granted.ok()) {
          // Our own store is away: that says nothing of what the tenant has left.
          return done(AnswerAll(numbers.size(), {.outcome = LookupOutcome::kBusy, .billed = false}));
        }
        AskWithin(call, std::move(numbers), static_cast<std::size_t>(*granted), std::move(done));
      });
}

void BudgetedProvider::AskWithin(const Call& call, std::vector<NumberQuestion> numbers, std::size_t granted,
                                 OnAnswers done) {
  const std::size_t refused = numbers.size() - granted;
  const ProviderAnswer spent = {.outcome = LookupOutcome::kBudgetSpent, .billed = false};
  if (granted == 0) return done(AnswerAll(refused, spent));
  numbers.resize(granted);
  next_->Ask(
      call, std::move(numbers),
      [this, call, refused, spent, done = std::move(done)](std::vector<ProviderAnswer> answers) mutable {
        const auto free = std::ranges::count(answers, false, &ProviderAnswer::billed);
        // Nobody waits for it.
        if (free > 0) budget_.Release(call, static_cast<int>(free), [] {});
        answers.insert(answers.end(), refused, spent);
        done(std::move(answers));
      });
}

}  // namespace limpid::verify

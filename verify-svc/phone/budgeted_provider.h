#pragma once

#include <memory>
#include <utility>

#include "verify-svc/app/lookup_budget.h"
#include "verify-svc/app/policies.h"
#include "verify-svc/phone/provider.h"

namespace limpid::verify {

/// Takes each number out of the tenant's daily budget before it is asked, and gives back what was surely not
/// charged. What the budget does not hold is kBudgetSpent and never asked. Thread-safe; `budget` and
/// `policies` must outlive every question.
class BudgetedProvider final : public PhoneProvider {
 public:
  BudgetedProvider(std::unique_ptr<PhoneProvider> next, LookupBudget& budget, const Policies& policies)
      : next_(std::move(next)), budget_(budget), policies_(policies) {}

  const std::string& name() const override { return next_->name(); }
  std::size_t max_numbers() const override { return next_->max_numbers(); }
  void Ask(const Call& call, std::vector<NumberQuestion> numbers, OnAnswers done) override;

 private:
  void AskWithin(const Call& call, std::vector<NumberQuestion> numbers, std::size_t granted, OnAnswers done);

  const std::unique_ptr<PhoneProvider> next_;
  LookupBudget& budget_;
  const Policies& policies_;
};

}  // namespace limpid::verify

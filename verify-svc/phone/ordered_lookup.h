#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "verify-svc/app/number_lookup.h"
#include "verify-svc/app/policies.h"
#include "verify-svc/phone/provider.h"

namespace limpid::verify {

/// Asks the tenant's providers in the tenant's order, each about as many numbers at once as it takes.
///
/// The next one is asked only about the numbers of which the one before failed to tell: an answer is paid for
/// and final, also one that says little. Without any answer the number is UNKNOWN for the reason of the
/// provider that was asked first. Thread-safe; all must outlive every question.
class OrderedLookup final : public NumberLookup {
 public:
  OrderedLookup(std::vector<PhoneProvider*> providers, const Policies& policies, NumberExpiry expiry,
                const Clock& clock = SystemClock());

  void Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) override;

 private:
  struct Round;
  void AskNext(Round round);
  void Answered(const Round& round, std::vector<ProviderAnswer> answers);

  const std::vector<PhoneProvider*> providers_;
  const Policies& policies_;
  const NumberExpiry expiry_;
  const Clock& clock_;
};

}  // namespace limpid::verify

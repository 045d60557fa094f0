#pragma once

#include "libs/base/clock.h"
#include "verify-svc/app/number_history.h"
#include "verify-svc/app/number_lookup.h"

namespace limpid::verify {

/// What was learned before, from the history on disk: a lost cache or a restart makes nobody pay twice, and
/// where a number was carried to is told even when the network does not answer today. Thread-safe; all must
/// outlive every question.
class RecalledLookup final : public NumberLookup {
 public:
  RecalledLookup(NumberLookup& next, NumberHistory& history, const Clock& clock = SystemClock())
      : next_(next), history_(history), clock_(clock) {}

  void Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) override;

 private:
  NumberLookup& next_;
  NumberHistory& history_;
  const Clock& clock_;
};

}  // namespace limpid::verify

#pragma once

#include "libs/redis/single_flight.h"
#include "verify-svc/app/number_lookup.h"

namespace limpid::verify {

/// One flight for each number of a tenant: who asks for a number that is being asked for shares the answer,
/// so that a thousand forms with one number make one paid question. Thread-safe; `next` must outlive every
/// question.
class SharedLookup final : public NumberLookup {
 public:
  explicit SharedLookup(NumberLookup& next) : next_(next) {}

  void Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts done) override;

 private:
  NumberLookup& next_;
  redis::SingleFlight<NumberFacts> flights_;
};

}  // namespace limpid::verify

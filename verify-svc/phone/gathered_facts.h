#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "verify-svc/app/number_lookup.h"

namespace limpid::verify {

/// Answers of several questions on their way to one caller, who gets them together when the last is there.
/// Places may be filled from different threads, each once.
class GatheredFacts {
 public:
  GatheredFacts(std::size_t places, NumberLookup::OnFacts done)
      : facts_(places), open_(places), done_(std::move(done)) {}

  void Fill(std::size_t place, NumberFacts facts) {
    facts_[place] = std::move(facts);
    if (open_.fetch_sub(1, std::memory_order_acq_rel) == 1) done_(std::move(facts_));
  }

 private:
  std::vector<NumberFacts> facts_;
  std::atomic<std::size_t> open_;
  NumberLookup::OnFacts done_;
};

}  // namespace limpid::verify

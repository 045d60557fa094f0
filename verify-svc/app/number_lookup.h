#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "libs/base/call.h"
#include "verify-svc/domain/number.h"

namespace limpid::verify {

/// Asks phone networks about numbers, for the call's tenant. Thread-safe.
///
/// Whatever goes wrong is part of the facts: a reason, and a reachability of UNKNOWN where the network was to
/// be asked and did not tell, NOT_CHECKED where it was not to be asked at all. There are no errors.
class NumberLookup {
 public:
  /// Takes the facts of the number at `place`. Called once for each place, as soon as its facts are known and
  /// so in any order, from any threads, maybe at the same time and before Find returns; must not block.
  using OnFacts = std::function<void(std::size_t place, NumberFacts facts)>;

  virtual ~NumberLookup() = default;
  /// `numbers` are different from each other.
  virtual void Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts tell) = 0;
};

}  // namespace limpid::verify

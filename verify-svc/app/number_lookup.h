#pragma once

#include <vector>

#include "absl/functional/any_invocable.h"

#include "libs/base/call.h"
#include "verify-svc/domain/number.h"

namespace limpid::verify {

/// Asks phone networks about numbers, for the call's tenant. Thread-safe.
///
/// Whatever goes wrong is part of an answer: a reason, and a reachability of UNKNOWN where the network was to
/// be asked and did not tell, NOT_CHECKED where it was not to be asked at all. Never an error.
class NumberLookup {
 public:
  /// As many facts as questions, in their order. Called once, from any thread; must not block.
  using OnFacts = absl::AnyInvocable<void(std::vector<NumberFacts>)>;

  virtual ~NumberLookup() = default;
  /// `numbers` are different from each other.
  virtual void Find(const Call& call, std::vector<NumberQuestion> numbers, OnFacts done) = 0;
};

}  // namespace limpid::verify

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "verify-svc/domain/number.h"

namespace limpid::verify {

/// What was learned of numbers, each tenant's own, kept on disk: nothing that was paid for is asked again
/// because a process was restarted or a cache lost, and where a number was carried to stays known. Numbers
/// stand in it as keyed hashes. Thread-safe.
class NumberHistory {
 public:
  /// A time in which a number kept its assignment.
  struct Entry {
    NumberFacts facts;  ///< As they were learned last.
    absl::Time since_time;
    absl::Time seen_time;
  };
  using OnRecalled = absl::AnyInvocable<void(std::vector<std::optional<NumberFacts>>)>;

  virtual ~NumberHistory() = default;
  /// The latest facts of each number, in their order; nothing for numbers of which none are known, and for
  /// all when the store does not answer.
  virtual void Recall(const Call& call, std::vector<std::string> e164, OnRecalled recalled) = 0;
  /// Facts with another assignment (portability, carriers) than the latest begin a new entry, others renew
  /// it. Not waited for.
  virtual void Keep(const Call& call, std::vector<std::pair<std::string, NumberFacts>> facts) = 0;
  /// Its entries, latest first, at most 50.
  virtual absl::StatusOr<std::vector<Entry>> List(const Call& call, const std::string& e164) = 0;
  /// Forgets the number, for the call's tenant.
  virtual absl::Status Erase(const Call& call, const std::string& e164) = 0;
};

}  // namespace limpid::verify

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "verify-svc/app/fast_rules.h"
#include "verify-svc/app/number_lookup.h"
#include "verify-svc/domain/answer.h"
#include "verify-svc/domain/query.h"

namespace limpid::verify {

/// Says whether a phone number can exist, what kind it is and, at DEEP, what its network knows of it.
///
/// FAST is computed, in microseconds and without waiting, on any thread; STANDARD is the same. DEEP begins
/// with it and asks the network about what it found valid; when the budget is spent, what is known by then is
/// the answer. Thread-safe.
class VerifyPhone {
 public:
  /// `default_region` is assumed where a query names none. Without a network (null) DEEP ends at the number
  /// plan; it must outlive every question.
  VerifyPhone(std::shared_ptr<const RulesInForce> rules, std::string default_region,
              const Clock& clock = SystemClock(), NumberLookup* network = nullptr);

  Depth offered() const { return network_ == nullptr ? Depth::kStandard : Depth::kDeep; }
  /// At FAST. INVALID_ARGUMENT for a query that cannot be; never for a bad number.
  absl::StatusOr<PhoneAnswer> Run(const Call& call, const PhoneQuery& query) const;
  /// At any depth.
  void Run(const Call& call, const PhoneQuery& query, Done<PhoneAnswer> done) const;
  /// Many at once, each at its own depth and answered or refused for itself, in their order. The network is
  /// asked once about a number that stands in several rows, and about all of them together, within the
  /// longest of the rows' budgets. Computes on the caller's thread before it waits. The only error of the
  /// whole is that of a call that is over.
  using Answers = std::vector<absl::StatusOr<PhoneAnswer>>;
  void RunAll(const Call& call, const std::vector<PhoneQuery>& queries, Done<Answers> done) const;

 private:
  bool AsksNetwork(const PhoneQuery& query, const absl::StatusOr<PhoneAnswer>& answer) const;

  const std::shared_ptr<const RulesInForce> rules_;
  const std::string default_region_;
  const Clock& clock_;
  NumberLookup* const network_;
};

}  // namespace limpid::verify

#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "verify-svc/app/fast_rules.h"
#include "verify-svc/domain/answer.h"
#include "verify-svc/domain/query.h"

namespace limpid::verify {

/// Says whether mail to one address can arrive.
///
/// Computes for microseconds and never waits, so it may run on any thread, a gRPC thread included. A depth
/// that is not offered is answered at FAST, as `depth_reached` says; the budget is checked, and has nothing
/// to bound at FAST. Thread-safe.
class VerifyEmail {
 public:
  explicit VerifyEmail(std::shared_ptr<const RulesInForce> rules, const Clock& clock = SystemClock());

  /// INVALID_ARGUMENT for a query that cannot be; never for a bad address.
  absl::StatusOr<EmailAnswer> Run(const Call& call, const EmailQuery& query) const;
  /// The same at any depth.
  void Run(const Call& call, const EmailQuery& query, Done<EmailAnswer> done) const;

 private:
  const std::shared_ptr<const RulesInForce> rules_;
  const Clock& clock_;
};

}  // namespace limpid::verify

#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "verify-svc/app/fast_rules.h"
#include "verify-svc/domain/answer.h"
#include "verify-svc/domain/query.h"

namespace limpid::verify {

/// Says whether a phone number can exist and what kind it is. Computes and never waits, as VerifyEmail does.
/// Thread-safe.
class VerifyPhone {
 public:
  /// `default_region` is assumed where a query names none.
  VerifyPhone(std::shared_ptr<const RulesInForce> rules, std::string default_region,
              const Clock& clock = SystemClock());

  /// INVALID_ARGUMENT for a query that cannot be; never for a bad number.
  absl::StatusOr<PhoneAnswer> Run(const Call& call, const PhoneQuery& query) const;
  /// The same at any depth.
  void Run(const Call& call, const PhoneQuery& query, Done<PhoneAnswer> done) const;

 private:
  const std::shared_ptr<const RulesInForce> rules_;
  const std::string default_region_;
  const Clock& clock_;
};

}  // namespace limpid::verify

#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/base/clock.h"
#include "verify-svc/app/email_checks.h"
#include "verify-svc/app/fast_rules.h"
#include "verify-svc/app/policies.h"
#include "verify-svc/app/tenant_domains.h"
#include "verify-svc/domain/answer.h"
#include "verify-svc/domain/query.h"

namespace limpid::verify {

/// Says whether mail to an address can arrive.
///
/// FAST is computed, in microseconds and without waiting, on any thread. Deeper depths begin with it, end
/// there when it says UNDELIVERABLE, and go on with the checks that use the network, as far as they are
/// offered and the tenant allows: `depth_reached` says how far. When the budget is spent, what is known by
/// then is the answer. Thread-safe.
class VerifyEmail {
 public:
  /// `policies` must outlive it.
  VerifyEmail(std::shared_ptr<const RulesInForce> rules, std::shared_ptr<const EmailChecks> checks,
              const Policies& policies, const Clock& clock = SystemClock());

  Depth offered() const { return checks_->offered(); }
  /// At FAST. INVALID_ARGUMENT for a query that cannot be; never for a bad address.
  absl::StatusOr<EmailAnswer> Run(const Call& call, const EmailQuery& query) const;
  /// At any depth. Besides: CANCELLED.
  void Run(const Call& call, const EmailQuery& query, Done<EmailAnswer> done) const;

  using OnDeepened = absl::AnyInvocable<void(std::vector<EmailAnswer>)>;
  /// Goes on from FAST with addresses of one domain that NeedsNetwork, together: one question to the DNS, and
  /// one to its mail servers.
  void Deepen(const Call& call, Depth depth, std::optional<absl::Duration> budget,
              std::vector<EmailAnswer> answers, OnDeepened on_deepened) const;

 private:
  const std::shared_ptr<const RulesInForce> rules_;
  const std::shared_ptr<const EmailChecks> checks_;
  const Policies& policies_;
  const TenantDomains tenant_domains_;
  const Clock& clock_;
};

}  // namespace limpid::verify

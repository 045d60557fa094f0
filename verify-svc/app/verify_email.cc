#include "verify-svc/app/verify_email.h"

#include <utility>

namespace limpid::verify {

VerifyEmail::VerifyEmail(std::shared_ptr<const RulesInForce> rules, const Clock& clock)
    : rules_(std::move(rules)), clock_(clock) {}

absl::StatusOr<EmailAnswer> VerifyEmail::Run(const Call& /*call*/, const EmailQuery& query) const {
  if (absl::Status status = Check(query); !status.ok()) return status;
  return EmailAnswer{.id = query.id,
                     .input = query.email,
                     .verdict = rules_->Get()->email.Verify(query.email),
                     .depth_reached = Depth::kFast,
                     .check_time = clock_.Now()};
}

void VerifyEmail::Run(const Call& call, const EmailQuery& query, Done<EmailAnswer> done) const {
  done(Run(call, query));
}

}  // namespace limpid::verify

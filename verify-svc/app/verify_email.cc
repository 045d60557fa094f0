#include "verify-svc/app/verify_email.h"

#include <utility>

#include "libs/base/error.h"
#include "verify-svc/app/budget.h"

namespace limpid::verify {

VerifyEmail::VerifyEmail(std::shared_ptr<const RulesInForce> rules, std::shared_ptr<const EmailChecks> checks,
                         const Policies& policies, const Clock& clock)
    : rules_(std::move(rules)), checks_(std::move(checks)), policies_(policies), clock_(clock) {}

absl::StatusOr<EmailAnswer> VerifyEmail::Run(const Call& call, const EmailQuery& query) const {
  if (absl::Status status = Check(query); !status.ok()) return status;
  const std::shared_ptr<const Policy> policy = policies_.Of(call.tenant);
  const std::shared_ptr<const quality::KnownDomains> known = tenant_domains_.Of(call.tenant, policy);
  const quality::EmailOptions options{.admit_quoted = policy->email.admit_quoted,
                                      .known_domains = known.get()};
  return EmailAnswer{.id = query.id,
                     .input = query.email,
                     .verdict = rules_->Get()->email.Verify(query.email, options),
                     .depth_reached = Depth::kFast,
                     .check_time = clock_.Now()};
}

void VerifyEmail::Run(const Call& call, const EmailQuery& query, Done<EmailAnswer> done) const {
  absl::StatusOr<EmailAnswer> fast = Run(call, query);
  if (!fast.ok() || query.depth == Depth::kFast || !NeedsNetwork(fast->verdict)) return done(std::move(fast));
  std::vector<EmailAnswer> one;
  one.push_back(*std::move(fast));
  Deepen(call, query.depth, query.budget, std::move(one),
         [stop = call.stop, done = std::move(done)](std::vector<EmailAnswer> answers) mutable {
           if (stop.stop_requested()) return done(Cancelled());
           done(std::move(answers.front()));
         });
}

void VerifyEmail::Deepen(const Call& call, Depth depth, std::optional<absl::Duration> budget,
                         std::vector<EmailAnswer> answers, OnDeepened on_deepened) const {
  EmailCases cases{.domain = std::string(answers.front().verdict.address.domain()),
                   .policy = policies_.Of(call.tenant),
                   .answers = std::move(answers)};
  checks_->Run(WithinBudget(call, budget, clock_), depth, std::move(cases),
               [on_deepened = std::move(on_deepened)](EmailCases checked) mutable {
                 on_deepened(std::move(checked.answers));
               });
}

}  // namespace limpid::verify

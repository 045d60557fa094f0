#include "verify-svc/app/email_checks.h"

#include <algorithm>
#include <utility>

#include "libs/quality/email/verdict.h"
#include "verify-svc/domain/email_lifetime.h"

namespace limpid::verify {

// Where a run has come to.
struct EmailChecks::Round {
  Call call;
  Depth depth;
  EmailCases cases;
  OnChecked on_checked;
  std::size_t next = 0;
  bool checked = false;
};

bool NeedsNetwork(const quality::EmailVerdict& verdict) {
  return verdict.status != quality::EmailStatus::kUndeliverable && !verdict.address.is_literal;
}

Depth EmailChecks::offered() const {
  Depth deepest = Depth::kFast;
  for (const auto& check : checks_) deepest = std::max(deepest, check->depth());
  return deepest;
}

void EmailChecks::Run(const Call& call, Depth depth, EmailCases cases, OnChecked on_checked) const {
  Go(std::make_shared<Round>(Round{call, depth, std::move(cases), std::move(on_checked)}));
}

void EmailChecks::Go(std::shared_ptr<Round> round) const {
  while (round->next < checks_.size() && !round->call.Stopped()) {
    EmailCheck& check = *checks_[round->next++];
    if (check.depth() > round->depth) continue;
    round->checked = true;
    EmailCases& cases = round->cases;
    const Call& call = round->call;
    return check.Run(call, cases, [this, round = std::move(round)]() mutable {
      for (EmailAnswer& answer : round->cases.answers) quality::Decide(answer.verdict);
      Go(std::move(round));
    });
  }
  for (EmailAnswer& answer : round->cases.answers) {
    if (!round->checked) continue;
    // What was kept is no fresher than when it was said.
    const absl::Time fresh = answer.check_time + LifetimeOf(answer.verdict);
    answer.expire_time = std::min(answer.expire_time.value_or(fresh), fresh);
  }
  round->on_checked(std::move(round->cases));
}

}  // namespace limpid::verify

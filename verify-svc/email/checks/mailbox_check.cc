#include "verify-svc/email/checks/mailbox_check.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/strings.h"
#include "libs/quality/email/verdict.h"
#include "libs/quality/reasons.h"
#include "verify-svc/domain/email_lifetime.h"
#include "verify-svc/email/checks/callout_codec.h"

namespace limpid::verify {
namespace {

namespace word = quality::email_reason;

constexpr absl::Duration kRetryAfterBudget = absl::Seconds(30);

// Speaks of us and of this moment: worth nothing to the next who asks.
bool WorthKeeping(const CalloutAnswer& answer) {
  constexpr std::array kOurs = {word::kBudgetSpent, word::kRateLimited, word::kSmtpUnavailable};
  return std::ranges::find(kOurs, answer.reason) == kOurs.end();
}

absl::Duration KeptFor(const CalloutAnswer& answer) {
  const absl::Duration lifetime = LifetimeOf(answer.reason);
  // A server that says when to come again is asked again then.
  return answer.retry_after ? std::min(lifetime, *answer.retry_after) : lifetime;
}

// What goes into RCPT TO.
std::string RecipientOf(const quality::EmailAddress& address) {
  return StrCat(address.local(), "@", address.domain());
}

void Apply(const CalloutAnswer& said, absl::Time now, EmailAnswer& answer) {
  quality::EmailVerdict& verdict = answer.verdict;
  verdict.reasons.push_back(said.reason);
  verdict.flags.catch_all = said.catch_all;
  verdict.flags.mailbox_full = said.reason == word::kMailboxFull;
  verdict.evidence.insert(verdict.evidence.end(), said.evidence.begin(), said.evidence.end());
  if (said.retry_after) answer.retry_time = now + *said.retry_after;
  if (WorthKeeping(said)) answer.depth_reached = Depth::kDeep;
}

}  // namespace

// The addresses of one check that are asked for. What is under way for others may outlive the check.
class MailboxCheck::Asking : public std::enable_shared_from_this<Asking> {
 public:
  Asking(MailboxCheck& check, Call call, EmailCases& cases, Finished finished)
      : check_(check),
        call_(std::move(call)),
        domain_(cases.domain),
        mail_(*cases.mail),
        finished_(std::move(finished)) {
    for (EmailAnswer& answer : cases.answers) {
      const quality::EmailAddress& address = answer.verdict.address;
      if (answer.verdict.status == quality::EmailStatus::kUndeliverable) continue;
      asked_.push_back(
          {.answer = &answer,
           .recipient = {.address = RecipientOf(address), .needs_smtputf8 = address.needs_smtputf8}});
    }
    missing_ = asked_.size();
  }

  void Start() {
    if (asked_.empty()) return finished_();
    const redis::KeyHasher& hasher = check_.hasher_;
    std::vector<redis::CacheKey> keys;
    for (const Asked& asked : asked_) keys.push_back(hasher.Key("mailbox", {asked.recipient.address}));
    check_.cache_.GetAll(call_, keys,
                         [self = shared_from_this(), keys](std::vector<redis::Cache::Value> values) mutable {
                           self->keys_ = std::move(keys);
                           self->TakeCached(std::move(values));
                         });
  }

 private:
  struct Asked {
    EmailAnswer* answer;  ///< Of the caller: not to be touched once it has landed.
    CalloutRecipient recipient;
    Answer partial;  ///< What was learned before the time was over.
  };
  /// A mailbox whose question is ours to ask, and who waits for the answer.
  struct Duty {
    std::size_t index;
    Done<Answer> done;
  };

  void TakeCached(std::vector<redis::Cache::Value> values) {
    const absl::Time now = check_.clock_.Now();
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      std::optional<KeptCallout> kept;
      if (values[i]) kept = UnpackCallout(*values[i], now);
      if (kept) {
        asked_[i].answer->expire_time = kept->expiry;
        Land(i, std::make_shared<const CalloutAnswer>(std::move(kept->answer)));
      } else {
        open.push_back(i);
      }
    }
    if (!open.empty()) Ask(open);
  }

  // Those that nobody asks for yet go into one question; for the others somebody else's answer is waited for.
  void Ask(const std::vector<std::size_t>& open) {
    for (const std::size_t i : open) {
      check_.flights_.Run(
          asked_[i].recipient.address,
          [self = shared_from_this(), i](Done<Answer> done) {
            self->Take({i, std::move(done)});
          },
          UntilDeadline<Answer>(call_, check_.timers_,
                                [self = shared_from_this(), i](const absl::StatusOr<Answer>& answer) {
                                  self->Land(i, answer.ok() ? *answer : self->OutOfTime(i));
                                }));
    }
    std::vector<Duty> duties;
    {
      MutexLock lock(mutex_);
      collecting_ = false;
      duties.swap(duties_);
    }
    if (!duties.empty()) AskFor(std::move(duties));
  }

  void Take(Duty duty) {
    {
      MutexLock lock(mutex_);
      if (collecting_) return duties_.push_back(std::move(duty));
    }
    // Who asked before us had no time left: our turn, alone.
    std::vector<Duty> one;
    one.push_back(std::move(duty));
    AskFor(std::move(one));
  }

  void AskFor(std::vector<Duty> duties) {
    if (const absl::Status over = call_.Check(check_.clock_); !over.ok()) {
      for (Duty& duty : duties) duty.done(over);
      return;
    }
    CalloutQuery query{.domain = domain_, .mail = mail_};
    for (const Duty& duty : duties) query.recipients.push_back(asked_[duty.index].recipient);
    check_.callout_.Ask(call_, std::move(query),
                        [self = shared_from_this(), duties = std::move(duties)](
                            absl::StatusOr<std::vector<CalloutAnswer>> said) mutable {
                          for (std::size_t i = 0; i < duties.size(); ++i) {
                            if (!said.ok()) {
                              duties[i].done(said.status());
                            } else {
                              self->Hand(duties[i], std::move((*said)[i]));
                            }
                          }
                        });
  }

  void Hand(Duty& duty, CalloutAnswer said) {
    const auto answer = std::make_shared<const CalloutAnswer>(std::move(said));
    if (answer->reason == word::kBudgetSpent) {
      // Our time was over, which says nothing to those who wait with us.
      {
        MutexLock lock(mutex_);
        asked_[duty.index].partial = answer;
      }
      return duty.done(DeadlineExceeded());
    }
    if (WorthKeeping(*answer)) {
      const absl::Time now = check_.clock_.Now();
      const absl::Duration lifetime = KeptFor(*answer);
      check_.cache_.Set(keys_[duty.index], Pack({*answer, now + lifetime}, now), lifetime);
    }
    duty.done(answer);
  }

  Answer OutOfTime(std::size_t index) {
    MutexLock lock(mutex_);
    if (asked_[index].partial) return asked_[index].partial;
    return std::make_shared<const CalloutAnswer>(
        CalloutAnswer{.reason = word::kBudgetSpent, .retry_after = kRetryAfterBudget});
  }

  void Land(std::size_t index, const Answer& said) {
    Apply(*said, check_.clock_.Now(), *asked_[index].answer);
    if (missing_.fetch_sub(1) == 1) finished_();
  }

  MailboxCheck& check_;
  const Call call_;
  const std::string domain_;
  const MailDomain mail_;
  Finished finished_;
  std::vector<redis::CacheKey> keys_;  ///< Of the addresses.
  std::vector<Asked> asked_;
  std::atomic<std::size_t> missing_;
  Mutex mutex_;
  bool collecting_ ABSL_GUARDED_BY(mutex_) = true;
  std::vector<Duty> duties_ ABSL_GUARDED_BY(mutex_);
  const Outstanding::Token token_ = check_.outstanding_.Begin();
};

MailboxCheck::MailboxCheck(MailboxCallout& callout, redis::Cache& cache, const redis::KeyHasher& hasher,
                           Timers& timers, const Clock& clock)
    : callout_(callout), cache_(cache), hasher_(hasher), timers_(timers), clock_(clock) {}

void MailboxCheck::Run(const Call& call, EmailCases& cases, Finished finished) {
  const bool has_hosts = cases.mail && cases.mail->state == MailDomainState::kHasHosts;
  if (!has_hosts || !cases.policy->email.allow_callouts) return finished();
  auto asking = std::make_shared<Asking>(*this, call, cases, std::move(finished));
  asking->Start();
}

}  // namespace limpid::verify

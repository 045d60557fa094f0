#include <algorithm>
#include <array>
#include <utility>

#include "libs/base/error.h"
#include "libs/quality/reasons.h"
#include "verify-svc/email/smtp/callout_desk.h"

namespace limpid::verify {
namespace {

namespace er = quality::email_reason;

// A greylisting server wants minutes; one that puts us off again wants more of them.
constexpr std::array kGreylistedRetries = {absl::Minutes(1), absl::Minutes(5), absl::Minutes(15)};
constexpr absl::Duration kTroubleRetry = absl::Minutes(5);

bool IsOneOf(std::string_view reason, std::initializer_list<std::string_view> reasons) {
  return std::ranges::find(reasons, reason) != reasons.end();
}

}  // namespace

void CalloutDesk::OnAnswer(SmtpSession& session, const MailboxPtr& asked, const ReplyMeaning& meaning) {
  CalloutLane& lane = *lane_of_.at(&session);
  const CalloutMailboxPtr mailbox = std::static_pointer_cast<CalloutMailbox>(asked);
  std::string_view reason = meaning.reason;
  if (lane.on_internet && reason != er::kNoConnect) {
    probe_->Reached();
  } else if (lane.on_internet) {
    probe_->NotReached(session.provider());
    if (probe_->Closed()) reason = er::kSmtpUnavailable;
  }
  if (reason == er::kBlocked) Block(lane);
  if (mailbox->answered) return;
  if (reason == er::kMailboxExists && lane.NeedsRandom()) {
    lane.accepted.push_back(mailbox);
  } else if (reason == er::kMailboxExists) {
    AnswerAccepted(mailbox, lane);
  } else if (reason == er::kGreylisted) {
    AnswerGreylisted(mailbox);
  } else if (reason == er::kBlocked) {
    Answer(mailbox, reason, quality::Ternary::kUnknown, politeness_.BlockedFor(lane.route.provider));
  } else if (reason == er::kSmtpUnavailable) {
    Answer(mailbox, reason, quality::Ternary::kUnknown, probe_->RetryAfter());
  } else if (IsOneOf(reason, {er::kTemporaryFailure, er::kNoConnect, er::kTimeout, er::kConnectionLost})) {
    Answer(mailbox, reason, quality::Ternary::kUnknown, kTroubleRetry);
  } else {
    Answer(mailbox, reason, lane.catch_all);
  }
}

void CalloutDesk::OnRandom(SmtpSession& session, const std::optional<ReplyMeaning>& meaning,
                           const quality::EmailEvidence& evidence) {
  CalloutLane& lane = *lane_of_.at(&session);
  lane.random_asked = false;
  for (const CalloutMailboxPtr& mailbox : lane.accepted) {
    if (!mailbox->answered) mailbox->evidence.push_back(evidence);
  }
  if (meaning && meaning->reason == er::kMailboxExists) {
    lane.catch_all = quality::Ternary::kYes;
    parts_.memory->RememberCatchAll(lane.domain, true);
  } else if (meaning && meaning->reason == er::kMailboxNotFound) {
    lane.catch_all = quality::Ternary::kNo;
    parts_.memory->RememberCatchAll(lane.domain, false);
  } else if ((!meaning || meaning->needs_new_session) && !std::exchange(lane.random_retried, true)) {
    // One RCPT TO a session is all that some servers take.
    lane.recipients_per_session = 1;
    lane.random_paid = false;
    PumpSoon(lane.domain, SystemClock().SteadyNow());
    return;
  } else {
    // A refusal of another kind is no evidence, neither on the domain nor on the mailbox that was accepted.
    lane.random_failed = true;
    if (meaning && meaning->reason == er::kBlocked) Block(lane);
  }
  AnswerAccepted(lane);
}

void CalloutDesk::Block(CalloutLane& lane) {
  const std::string& provider = lane.route.provider;
  if (politeness_.BlockedFor(provider) > absl::ZeroDuration()) return;
  politeness_.Block(provider, parts_.clock.SteadyNow() + absl::ToChronoNanoseconds(politeness_.block()));
  parts_.memory->RememberBlock(provider, parts_.clock.Now() + politeness_.block());
  metrics_.blocked.Set(politeness_.blocked());
  for (const auto& [domain, other] : lanes_) {
    if (other->route.provider == provider) PumpSoon(domain, SystemClock().SteadyNow());
  }
}

void CalloutDesk::AnswerAccepted(CalloutLane& lane) {
  for (const CalloutMailboxPtr& mailbox : std::exchange(lane.accepted, {})) AnswerAccepted(mailbox, lane);
}

void CalloutDesk::AnswerAccepted(const CalloutMailboxPtr& mailbox, const CalloutLane& lane) {
  if (lane.quirk->accepts_all) return Answer(mailbox, er::kProviderNotVerifiable);
  Answer(mailbox, lane.catch_all == quality::Ternary::kYes ? er::kCatchAll : er::kMailboxExists,
         lane.catch_all);
}

void CalloutDesk::AnswerGreylisted(const CalloutMailboxPtr& mailbox) {
  parts_.memory->CountGreylisting(
      mailbox->asking->call, mailbox->address, [self = shared_from_this(), mailbox](int times) {
        const auto before = std::min(static_cast<std::size_t>(times - 1), kGreylistedRetries.size() - 1);
        self->loop_.Post([impl = self.get(), mailbox, before] {
          impl->Answer(mailbox, er::kGreylisted, quality::Ternary::kUnknown, kGreylistedRetries[before]);
        });
      });
}

void CalloutDesk::AnswerBlocked(const CalloutMailboxPtr& mailbox, absl::Duration left) {
  const CalloutAsking& asking = *mailbox->asking;
  mailbox->evidence.push_back({.step = "CONNECT",
                               .host = asking.query.mail.hosts.front().name,
                               .text = "not asked: the provider refused us lately",
                               .cached = true,
                               .source = asking.provider});
  Answer(mailbox, er::kBlocked, quality::Ternary::kUnknown, left);
}

void CalloutDesk::Answer(const CalloutMailboxPtr& mailbox, std::string_view reason,
                         quality::Ternary catch_all, std::optional<absl::Duration> retry_after) {
  if (std::exchange(mailbox->answered, true)) return;
  StopWaitingForRate(*mailbox);
  metrics_.CountAnswer(reason);
  const CalloutAskingPtr asking = mailbox->asking;
  asking->answers[mailbox->index] = {.reason = reason,
                                     .catch_all = catch_all,
                                     .retry_after = retry_after,
                                     .evidence = std::move(mailbox->evidence)};
  if (--asking->unanswered > 0) return;
  CloseBook(asking);
  asking->done(std::move(asking->answers));
}

void CalloutDesk::AnswerAll(const CalloutAskingPtr& asking, std::string_view reason,
                            std::optional<absl::Duration> retry_after) {
  for (const CalloutMailboxPtr& mailbox : std::vector(asking->mailboxes)) {
    Answer(mailbox, reason, quality::Ternary::kUnknown, retry_after);
  }
}

// What was learned holds; who was never asked for was waiting for our own limits.
void CalloutDesk::OnDeadline(const CalloutAskingPtr& asking) {
  const std::string domain = asking->query.domain;
  const auto lane = lanes_.find(domain);
  for (const CalloutMailboxPtr& mailbox : std::vector(asking->mailboxes)) {
    if (mailbox->answered) continue;
    if (lane == lanes_.end() || !mailbox->sent) {
      Answer(mailbox, er::kRateLimited, quality::Ternary::kUnknown, kTroubleRetry);
    } else if (std::ranges::find(lane->second->accepted, mailbox) != lane->second->accepted.end()) {
      AnswerAccepted(mailbox, *lane->second);
    } else {
      AnswerUnfinished(mailbox, *lane->second);
    }
  }
  LeaveSessions(domain);
}

void CalloutDesk::AnswerUnfinished(const CalloutMailboxPtr& mailbox, const CalloutLane& lane) {
  const auto session = std::ranges::find_if(
      lane.sessions, [&mailbox](const auto& candidate) { return candidate->Asks(*mailbox); });
  bool connected = true;
  if (session != lane.sessions.end()) {
    connected = (*session)->connected();
    mailbox->evidence = (*session)->Opened();
  }
  Answer(mailbox, connected ? er::kTimeout : er::kNoConnect, quality::Ternary::kUnknown, kTroubleRetry);
}

void CalloutDesk::Cancel(const CalloutAskingPtr& asking) {
  if (asking->unanswered == 0) return;
  for (const CalloutMailboxPtr& mailbox : asking->mailboxes) {
    mailbox->answered = true;
    StopWaitingForRate(*mailbox);
  }
  CloseBook(asking);
  asking->done(Cancelled());
  LeaveSessions(asking->query.domain);
}

void CalloutDesk::CloseBook(const CalloutAskingPtr& asking) {
  asking->unanswered = 0;
  unanswered_ -= asking->answers.size();
  metrics_.waiting.Set(static_cast<double>(unanswered_));
  if (asking->timer) loop_.Cancel(*asking->timer);
  asking->on_stop.reset();
  asking->mailboxes.clear();
  std::erase(askings_, asking);
}

// Sessions whose answers nobody waits for any more, as those with a server that takes all the time it is
// given.
void CalloutDesk::LeaveSessions(const std::string& domain) {
  const auto found = lanes_.find(domain);
  if (found == lanes_.end()) return;
  CalloutLane& lane = *found->second;
  std::erase_if(lane.accepted, [](const CalloutMailboxPtr& mailbox) { return mailbox->answered; });
  std::vector<SmtpSession*> left;
  for (const std::unique_ptr<SmtpSession>& session : lane.sessions) {
    if (!session->idle() && !session->HasLiveMailboxes()) left.push_back(session.get());
  }
  for (SmtpSession* const session : left) session->Quit();
  Pump(lane);
}

}  // namespace limpid::verify

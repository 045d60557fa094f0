#include <algorithm>
#include <utility>

#include "libs/base/strings.h"
#include "verify-svc/email/smtp/callout_desk.h"
#include "verify-svc/email/smtp/wire_address.h"

namespace limpid::verify {

void CalloutDesk::StopWaitingForRate(CalloutMailbox& mailbox) {
  if (!std::exchange(mailbox.waits_for_rate, false)) return;
  const auto found = waiting_for_rate_.find(mailbox.asking->provider);
  if (--found->second == 0) waiting_for_rate_.erase(found);
}

// Takes leave from the provider's rate, or sees to it that it is tried again in time.
bool CalloutDesk::Pay(CalloutLane& lane, bool& paid) {
  if (paid) return true;
  const absl::Duration wait = politeness_.Ask(lane.route.provider, *lane.quirk);
  paid = wait <= absl::ZeroDuration();
  if (!paid) PumpSoon(lane.domain, SystemClock().SteadyNow() + absl::ToChronoNanoseconds(wait));
  return paid;
}

// True when there is a mailbox that may be asked for now.
bool CalloutDesk::PayForNext(CalloutLane& lane) {
  while (!lane.waiting.empty() && lane.waiting.front()->answered) lane.waiting.pop_front();
  if (lane.waiting.empty()) return false;
  CalloutMailbox& mailbox = *lane.waiting.front();
  if (!Pay(lane, mailbox.paid)) return false;
  StopWaitingForRate(mailbox);
  return true;
}

CalloutMailboxPtr CalloutDesk::TakeNext(CalloutLane& lane) {
  if (!PayForNext(lane)) return nullptr;
  CalloutMailboxPtr mailbox = std::move(lane.waiting.front());
  lane.waiting.pop_front();
  mailbox->sent = true;
  return mailbox;
}

void CalloutDesk::PumpSoon(const std::string& domain, SteadyTime when) {
  CalloutLane& lane = *lanes_.at(domain);
  if (lane.timer) return;
  lane.timer = loop_.At(when, [this, domain] {
    const auto found = lanes_.find(domain);
    if (found == lanes_.end()) return;
    found->second->timer.reset();
    Pump(*found->second);
  });
}

// Gives what waits to sessions of the domain, new ones if need be. Forgets the lane when nothing is left in
// it: the last thing to be done with one.
void CalloutDesk::Pump(CalloutLane& lane) {
  const std::string& provider = lane.route.provider;
  if (const absl::Duration left = politeness_.BlockedFor(provider); left > absl::ZeroDuration()) {
    lane.random_failed = lane.random_failed || !lane.random_asked;
    for (const CalloutMailboxPtr& mailbox : std::exchange(lane.waiting, {})) AnswerBlocked(mailbox, left);
  }
  if (!lane.NeedsRandom()) AnswerAccepted(lane);
  for (std::size_t i = 0; i < lane.sessions.size(); ++i) {
    if (lane.MayAsk(*lane.sessions[i])) Feed(lane, *lane.sessions[i]);
  }
  const auto takes_more = [&lane](const std::unique_ptr<SmtpSession>& session) {
    return lane.MayAsk(*session);
  };
  while (std::ranges::none_of(lane.sessions, takes_more) &&
         (PayForNext(lane) || (lane.RandomIsDue() && Pay(lane, lane.random_paid)))) {
    if (!politeness_.Enter(provider, *lane.quirk)) {
      if (!std::exchange(lane.hungry, true)) hungry_.push_back(lane.domain);
      hungry_providers_.insert(provider);
      EndLingering(provider);
      break;
    }
    OpenSession(lane);
  }
  if (!lane.Quiet()) return;
  if (lane.timer) loop_.Cancel(*lane.timer);
  lanes_.erase(std::string(lane.domain));
}

void CalloutDesk::OpenSession(CalloutLane& lane) {
  metrics_.sessions.Set(politeness_.sockets());
  SmtpSession::Route route = lane.route;
  if (!lane.waiting.empty()) route.until = lane.waiting.front()->until;
  lane.sessions.push_back(
      std::make_unique<SmtpSession>(loop_, options_.session, parts_.rules->Get(), std::move(route), *this));
  SmtpSession& session = *lane.sessions.back();
  lane_of_[&session] = &lane;
  while (lane.MayAsk(session)) {
    const CalloutMailboxPtr mailbox = TakeNext(lane);
    if (!mailbox) return;
    session.Ask(mailbox);
  }
}

void CalloutDesk::Feed(CalloutLane& lane, SmtpSession& session) {
  if (session.idle() && lane.MayAsk(session) && lane.RandomIsDue() && session.opened()) {
    if (!Pay(lane, lane.random_paid)) return session.Linger(options_.linger);
    lane.random_asked = true;
    session.AskRandom(StrCat(RandomLocalPart(parts_.random), "@", lane.domain));
    return;
  }
  while (lane.MayAsk(session)) {
    const CalloutMailboxPtr mailbox = TakeNext(lane);
    if (!mailbox) break;
    session.Ask(mailbox);
  }
  if (!session.idle() || !session.opened()) return;
  if (lane.MayAsk(session) && !hungry_providers_.contains(lane.route.provider)) {
    session.Linger(options_.linger);
  } else {
    session.Quit();
  }
}

void CalloutDesk::OnReturned(SmtpSession& session, std::vector<MailboxPtr> mailboxes, int limit) {
  CalloutLane& lane = *lane_of_.at(&session);
  lane.recipients_per_session = std::min(lane.recipients_per_session, limit);
  for (auto mailbox = mailboxes.rbegin(); mailbox != mailboxes.rend(); ++mailbox) {
    lane.waiting.push_front(std::static_pointer_cast<CalloutMailbox>(*mailbox));
  }
}

void CalloutDesk::OnEnded(SmtpSession& session) {
  CalloutLane& lane = *lane_of_.at(&session);
  lane_of_.erase(&session);
  const auto found = std::ranges::find(lane.sessions, &session, &std::unique_ptr<SmtpSession>::get);
  ended_.push_back(std::move(*found));
  lane.sessions.erase(found);
  loop_.At(SystemClock().SteadyNow(), [this, domain = lane.domain] {
    DestroyEnded();
    if (const auto still = lanes_.find(domain); still != lanes_.end()) Pump(*still->second);
    FeedHungry();
  });
}

// Only then are their connections closed, and others may be opened.
void CalloutDesk::DestroyEnded() {
  for (const std::unique_ptr<SmtpSession>& session : ended_) politeness_.Leave(session->provider());
  ended_.clear();
  metrics_.sessions.Set(politeness_.sockets());
}

// Sessions that wait for more of their own domain hold up the provider's other domains, and where sockets are
// few those of all others.
void CalloutDesk::EndLingering(std::string_view provider) {
  const bool any = politeness_.sockets() >= options_.limits.sockets;
  for (const auto& [session, lane] : lane_of_) {
    const bool holds_up = any || lane->route.provider == provider;
    if (holds_up && session->opened() && session->idle()) session->Quit();
  }
}

void CalloutDesk::FeedHungry() {
  hungry_providers_.clear();
  for (const std::string& domain : std::exchange(hungry_, {})) {
    const auto found = lanes_.find(domain);
    if (found == lanes_.end()) continue;
    found->second->hungry = false;
    Pump(*found->second);
  }
}

}  // namespace limpid::verify

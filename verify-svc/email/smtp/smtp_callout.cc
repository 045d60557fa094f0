#include "verify-svc/email/smtp/smtp_callout.h"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/base/strings.h"
#include "libs/quality/reasons.h"
#include "verify-svc/email/smtp/callout_metrics.h"
#include "verify-svc/email/smtp/callout_state.h"
#include "verify-svc/email/smtp/event_loop.h"
#include "verify-svc/email/smtp/reachable_hosts.h"
#include "verify-svc/email/smtp/wire_address.h"

namespace limpid::verify {
namespace {

namespace er = quality::email_reason;
using quality::Ternary;
using Asking = CalloutAsking;
using AskingPtr = CalloutAskingPtr;
using OwnMailboxPtr = CalloutMailboxPtr;
using Lane = CalloutLane;

// An answer that comes with the deadline comes too late.
constexpr absl::Duration kAnswerMargin = absl::Milliseconds(50);
// A greylisting server wants minutes; one that puts us off again wants more of them.
constexpr std::array kGreylistedRetries = {absl::Minutes(1), absl::Minutes(5), absl::Minutes(15)};
constexpr absl::Duration kTroubleRetry = absl::Minutes(5);

bool IsOneOf(std::string_view reason, std::initializer_list<std::string_view> reasons) {
  return std::ranges::find(reasons, reason) != reasons.end();
}

}  // namespace

class SmtpCallout::Impl final : public SmtpSession::Owner, public std::enable_shared_from_this<Impl> {
 public:
  Impl(Options options, Parts parts)
      : options_(std::move(options)),
        parts_(std::move(parts)),
        metrics_(parts_.metrics),
        politeness_(options_.limits, parts_.rate, parts_.clock),
        loop_("limpid-smtp"),
        probe_(std::make_unique<PortProbe>(loop_, options_.probe)) {
    loop_.Post([this] { probe_->Start(); });
  }

  void Ask(const Call& call, CalloutQuery query, Done<std::vector<CalloutAnswer>> done);
  /// Ends all that is under way. What comes later is cancelled at once.
  void Stop();

 private:
  // SmtpSession::Owner
  void OnAnswer(SmtpSession& session, const MailboxPtr& asked, const ReplyMeaning& meaning) override;
  void OnRandom(SmtpSession& session, const std::optional<ReplyMeaning>& meaning,
                const quality::EmailEvidence& evidence) override;
  void OnReturned(SmtpSession& session, std::vector<MailboxPtr> mailboxes, int limit) override;
  void OnIdle(SmtpSession& session) override { Feed(*lane_of_.at(&session), session); }
  void OnEnded(SmtpSession& session) override;

  // Questions come in.
  void Begin(const AskingPtr& asking, const CalloutMemory::Known& known);
  void WarnOfOwnName();
  void SetEnds(const AskingPtr& asking, SteadyTime until);
  Lane& LaneOf(const Asking& asking, std::vector<SmtpSession::Host> hosts, Ternary catch_all);
  bool IsOnInternet(const std::vector<SmtpSession::Host>& hosts, std::string_view provider) const;
  std::string ProxyOf(std::string_view provider) const;
  void Enqueue(const OwnMailboxPtr& mailbox, Lane& lane, SteadyTime until);

  // They go to sessions.
  void Pump(Lane& lane);
  void PumpSoon(const std::string& domain, SteadyTime when);
  void Feed(Lane& lane, SmtpSession& session);
  void OpenSession(Lane& lane);
  bool Pay(Lane& lane, bool& paid);
  bool PayForNext(Lane& lane);
  OwnMailboxPtr TakeNext(Lane& lane);
  void StopWaitingForRate(CalloutMailbox& mailbox);
  void DestroyEnded();
  void EndLingering(std::string_view provider);
  void FeedHungry();

  // Answers go out.
  void Block(Lane& lane);
  void AnswerAccepted(Lane& lane);
  void AnswerAccepted(const OwnMailboxPtr& mailbox, const Lane& lane);
  void AnswerGreylisted(const OwnMailboxPtr& mailbox);
  void AnswerBlocked(const OwnMailboxPtr& mailbox, absl::Duration left);
  void AnswerUnfinished(const OwnMailboxPtr& mailbox, const Lane& lane);
  void Answer(const OwnMailboxPtr& mailbox, std::string_view reason, Ternary catch_all = Ternary::kUnknown,
              std::optional<absl::Duration> retry_after = std::nullopt);
  void AnswerAll(const AskingPtr& asking, std::string_view reason, std::optional<absl::Duration> retry_after);
  void OnDeadline(const AskingPtr& asking);
  void Cancel(const AskingPtr& asking);
  void LeaveSessions(const std::string& domain);
  void CloseBook(const AskingPtr& asking);

  const Options options_;
  const Parts parts_;
  CalloutMetrics metrics_;
  // Of the loop's thread.
  Politeness politeness_;
  bool own_name_checked_ = false;
  std::size_t unanswered_ = 0;
  absl::flat_hash_map<std::string, int> waiting_for_rate_;  ///< Mailboxes by provider.
  absl::flat_hash_map<std::string, std::unique_ptr<Lane>> lanes_;
  absl::flat_hash_map<SmtpSession*, Lane*> lane_of_;
  std::vector<std::unique_ptr<SmtpSession>> ended_;  ///< To be destroyed when nobody is in them.
  std::deque<std::string> hungry_;                   ///< Domains, the one that waits longest first.
  absl::flat_hash_set<std::string> hungry_providers_;
  std::vector<AskingPtr> askings_;
  EventLoop loop_;
  std::unique_ptr<PortProbe> probe_;
};

void SmtpCallout::Impl::Ask(const Call& call, CalloutQuery query, Done<std::vector<CalloutAnswer>> done) {
  if (call.Stopped()) return done(Cancelled());
  if (query.recipients.empty()) return done(std::vector<CalloutAnswer>());
  auto asking = std::make_shared<Asking>();
  asking->call = call;
  asking->query = std::move(query);
  asking->done = std::move(done);
  if (const MailDomain& mail = asking->query.mail; !mail.hosts.empty()) {
    asking->provider = parts_.registrable_domain(mail.hosts.front().name);
    if (asking->provider.empty()) asking->provider = mail.hosts.front().name;
  }
  parts_.memory->Recall(call, asking->query.domain, asking->provider,
                        [self = shared_from_this(), asking](const CalloutMemory::Known& known) {
                          const bool posted = self->loop_.Post(
                              [impl = self.get(), asking, known] { impl->Begin(asking, known); });
                          if (!posted) asking->done(Cancelled());
                        });
}

void SmtpCallout::Impl::Begin(const AskingPtr& asking, const CalloutMemory::Known& known) {
  const CalloutQuery& query = asking->query;
  asking->answers.resize(query.recipients.size());
  asking->unanswered = query.recipients.size();
  askings_.push_back(asking);
  for (std::size_t i = 0; i < query.recipients.size(); ++i) {
    auto mailbox = std::make_shared<CalloutMailbox>();
    mailbox->address = query.recipients[i].address;
    mailbox->needs_smtputf8 = query.recipients[i].needs_smtputf8;
    mailbox->asking = asking;
    mailbox->index = i;
    asking->mailboxes.push_back(std::move(mailbox));
  }
  unanswered_ += asking->unanswered;
  metrics_.waiting.Set(static_cast<double>(unanswered_));

  WarnOfOwnName();
  const absl::Duration remaining = asking->call.Remaining();
  if (remaining <= absl::ZeroDuration()) return AnswerAll(asking, er::kBudgetSpent, absl::ZeroDuration());
  if (unanswered_ > options_.max_waiting) return AnswerAll(asking, er::kRateLimited, kTroubleRetry);
  std::vector<SmtpSession::Host> hosts = ReachableHosts(query.mail, options_.session.guard);
  if (hosts.empty()) return AnswerAll(asking, er::kNoConnect, std::nullopt);
  if (IsOnInternet(hosts, asking->provider) && probe_->Closed()) {
    return AnswerAll(asking, er::kSmtpUnavailable, probe_->RetryAfter());
  }
  if (const absl::Duration left = known.blocked_until - parts_.clock.Now(); left > absl::ZeroDuration()) {
    politeness_.Block(asking->provider, parts_.clock.SteadyNow() + absl::ToChronoNanoseconds(left));
  }

  SteadyTime until = SteadyTime::max();
  if (remaining < absl::InfiniteDuration()) {
    until = SystemClock().SteadyNow() +
            absl::ToChronoNanoseconds(remaining - std::min(kAnswerMargin, remaining / 10));
  }
  SetEnds(asking, until);
  Lane& lane = LaneOf(*asking, std::move(hosts), known.catch_all);
  for (const OwnMailboxPtr& mailbox : std::vector(asking->mailboxes)) Enqueue(mailbox, lane, until);
  Pump(lane);
}

// Once, and only where servers are asked at all: most refuse a name that the DNS cannot know.
void SmtpCallout::Impl::WarnOfOwnName() {
  const std::string& name = options_.session.ehlo_name;
  if (std::exchange(own_name_checked_, true) || name.find('.') != std::string::npos) return;
  Log(LogLevel::kWarning, "smtp_helo_name", {{"name", Label(name)}});
}

void SmtpCallout::Impl::SetEnds(const AskingPtr& asking, SteadyTime until) {
  if (until != SteadyTime::max()) {
    asking->timer = loop_.At(until, [this, asking] {
      asking->timer.reset();
      OnDeadline(asking);
    });
  }
  asking->on_stop.emplace(asking->call.stop, [this, weak = std::weak_ptr(asking)] {
    loop_.Post([this, weak] {
      if (const AskingPtr still = weak.lock()) Cancel(still);
    });
  });
}

Lane& SmtpCallout::Impl::LaneOf(const Asking& asking, std::vector<SmtpSession::Host> hosts,
                                Ternary catch_all) {
  std::unique_ptr<Lane>& lane = lanes_[asking.query.domain];
  if (!lane) {
    lane = std::make_unique<Lane>();
    lane->domain = asking.query.domain;
    lane->quirk = &parts_.quirks->Of(asking.provider);
    lane->recipients_per_session = lane->quirk->recipients_per_session;
    lane->on_internet = IsOnInternet(hosts, asking.provider);
    lane->route = {.hosts = std::move(hosts), .provider = asking.provider, .proxy = ProxyOf(asking.provider)};
    if (lane->quirk->own_domains.contains(lane->domain)) lane->catch_all = Ternary::kNo;
  }
  if (lane->catch_all == Ternary::kUnknown) lane->catch_all = catch_all;
  return *lane;
}

// Whether a closed port 25 concerns it: not behind a proxy, nor inside the company.
bool SmtpCallout::Impl::IsOnInternet(const std::vector<SmtpSession::Host>& hosts,
                                     std::string_view provider) const {
  return ProxyOf(provider).empty() && AreOnInternet(hosts);
}

std::string SmtpCallout::Impl::ProxyOf(std::string_view provider) const {
  for (const auto& [name, proxy] : options_.provider_proxies) {
    if (name == provider) return proxy;
  }
  return options_.proxy;
}

void SmtpCallout::Impl::Enqueue(const OwnMailboxPtr& mailbox, Lane& lane, SteadyTime until) {
  mailbox->until = until;
  if (!IsWireSafeAddress(mailbox->address, mailbox->needs_smtputf8) || !IsWireSafeDomain(lane.domain)) {
    return Answer(mailbox, er::kMailboxNotChecked);
  }
  const std::string& provider = lane.route.provider;
  if (const absl::Duration left = politeness_.BlockedFor(provider); left > absl::ZeroDuration()) {
    return AnswerBlocked(mailbox, left);
  }
  // Who comes later does not overtake those who wait for the rate already.
  const auto found = waiting_for_rate_.find(provider);
  const int ahead = found == waiting_for_rate_.end() ? 0 : found->second;
  const absl::Duration wait = ahead > 0 ? absl::ZeroDuration() : politeness_.Ask(provider, *lane.quirk);
  mailbox->paid = ahead == 0 && wait <= absl::ZeroDuration();
  if (!mailbox->paid) {
    const absl::Duration turn = wait + politeness_.Interval(*lane.quirk) * ahead;
    if (until != SteadyTime::max() && SystemClock().SteadyNow() + absl::ToChronoNanoseconds(turn) > until) {
      return Answer(mailbox, er::kRateLimited, Ternary::kUnknown, std::max(turn, absl::Seconds(1)));
    }
    mailbox->waits_for_rate = true;
    ++waiting_for_rate_[provider];
  }
  lane.waiting.push_back(mailbox);
}

void SmtpCallout::Impl::StopWaitingForRate(CalloutMailbox& mailbox) {
  if (!std::exchange(mailbox.waits_for_rate, false)) return;
  const auto found = waiting_for_rate_.find(mailbox.asking->provider);
  if (--found->second == 0) waiting_for_rate_.erase(found);
}

// Takes leave from the provider's rate, or sees to it that it is tried again in time.
bool SmtpCallout::Impl::Pay(Lane& lane, bool& paid) {
  if (paid) return true;
  const absl::Duration wait = politeness_.Ask(lane.route.provider, *lane.quirk);
  paid = wait <= absl::ZeroDuration();
  if (!paid) PumpSoon(lane.domain, SystemClock().SteadyNow() + absl::ToChronoNanoseconds(wait));
  return paid;
}

// True when there is a mailbox that may be asked for now.
bool SmtpCallout::Impl::PayForNext(Lane& lane) {
  while (!lane.waiting.empty() && lane.waiting.front()->answered) lane.waiting.pop_front();
  if (lane.waiting.empty()) return false;
  CalloutMailbox& mailbox = *lane.waiting.front();
  if (!Pay(lane, mailbox.paid)) return false;
  StopWaitingForRate(mailbox);
  return true;
}

OwnMailboxPtr SmtpCallout::Impl::TakeNext(Lane& lane) {
  if (!PayForNext(lane)) return nullptr;
  OwnMailboxPtr mailbox = std::move(lane.waiting.front());
  lane.waiting.pop_front();
  mailbox->sent = true;
  return mailbox;
}

void SmtpCallout::Impl::PumpSoon(const std::string& domain, SteadyTime when) {
  Lane& lane = *lanes_.at(domain);
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
void SmtpCallout::Impl::Pump(Lane& lane) {
  const std::string& provider = lane.route.provider;
  if (const absl::Duration left = politeness_.BlockedFor(provider); left > absl::ZeroDuration()) {
    lane.random_failed = lane.random_failed || !lane.random_asked;
    for (const OwnMailboxPtr& mailbox : std::exchange(lane.waiting, {})) AnswerBlocked(mailbox, left);
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

void SmtpCallout::Impl::OpenSession(Lane& lane) {
  metrics_.sessions.Set(politeness_.sockets());
  SmtpSession::Route route = lane.route;
  if (!lane.waiting.empty()) route.until = lane.waiting.front()->until;
  lane.sessions.push_back(
      std::make_unique<SmtpSession>(loop_, options_.session, *parts_.rules, std::move(route), *this));
  SmtpSession& session = *lane.sessions.back();
  lane_of_[&session] = &lane;
  while (lane.MayAsk(session)) {
    const OwnMailboxPtr mailbox = TakeNext(lane);
    if (!mailbox) return;
    session.Ask(mailbox);
  }
}

void SmtpCallout::Impl::Feed(Lane& lane, SmtpSession& session) {
  if (session.idle() && lane.MayAsk(session) && lane.RandomIsDue() && session.opened()) {
    if (!Pay(lane, lane.random_paid)) return;
    lane.random_asked = true;
    session.AskRandom(StrCat(RandomLocalPart(parts_.random), "@", lane.domain));
    return;
  }
  while (lane.MayAsk(session)) {
    const OwnMailboxPtr mailbox = TakeNext(lane);
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

void SmtpCallout::Impl::OnAnswer(SmtpSession& session, const MailboxPtr& asked, const ReplyMeaning& meaning) {
  Lane& lane = *lane_of_.at(&session);
  const OwnMailboxPtr mailbox = std::static_pointer_cast<CalloutMailbox>(asked);
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
    Answer(mailbox, reason, Ternary::kUnknown, politeness_.BlockedFor(lane.route.provider));
  } else if (reason == er::kSmtpUnavailable) {
    Answer(mailbox, reason, Ternary::kUnknown, probe_->RetryAfter());
  } else if (IsOneOf(reason, {er::kTemporaryFailure, er::kNoConnect, er::kTimeout, er::kConnectionLost})) {
    Answer(mailbox, reason, Ternary::kUnknown, kTroubleRetry);
  } else {
    Answer(mailbox, reason, lane.catch_all);
  }
}

void SmtpCallout::Impl::OnRandom(SmtpSession& session, const std::optional<ReplyMeaning>& meaning,
                                 const quality::EmailEvidence& evidence) {
  Lane& lane = *lane_of_.at(&session);
  lane.random_asked = false;
  for (const OwnMailboxPtr& mailbox : lane.accepted) {
    if (!mailbox->answered) mailbox->evidence.push_back(evidence);
  }
  if (meaning && meaning->reason == er::kMailboxExists) {
    lane.catch_all = Ternary::kYes;
    parts_.memory->RememberCatchAll(lane.domain, true);
  } else if (meaning && meaning->reason == er::kMailboxNotFound) {
    lane.catch_all = Ternary::kNo;
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

void SmtpCallout::Impl::OnReturned(SmtpSession& session, std::vector<MailboxPtr> mailboxes, int limit) {
  Lane& lane = *lane_of_.at(&session);
  lane.recipients_per_session = std::min(lane.recipients_per_session, limit);
  for (auto mailbox = mailboxes.rbegin(); mailbox != mailboxes.rend(); ++mailbox) {
    lane.waiting.push_front(std::static_pointer_cast<CalloutMailbox>(*mailbox));
  }
}

void SmtpCallout::Impl::OnEnded(SmtpSession& session) {
  Lane& lane = *lane_of_.at(&session);
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
void SmtpCallout::Impl::DestroyEnded() {
  for (const std::unique_ptr<SmtpSession>& session : ended_) politeness_.Leave(session->provider());
  ended_.clear();
  metrics_.sessions.Set(politeness_.sockets());
}

// Sessions that wait for more of their own domain hold up the provider's other domains, and where sockets are
// few those of all others.
void SmtpCallout::Impl::EndLingering(std::string_view provider) {
  const bool any = politeness_.sockets() >= options_.limits.sockets;
  for (const auto& [session, lane] : lane_of_) {
    const bool holds_up = any || lane->route.provider == provider;
    if (holds_up && session->opened() && session->idle()) session->Quit();
  }
}

void SmtpCallout::Impl::FeedHungry() {
  hungry_providers_.clear();
  for (const std::string& domain : std::exchange(hungry_, {})) {
    const auto found = lanes_.find(domain);
    if (found == lanes_.end()) continue;
    found->second->hungry = false;
    Pump(*found->second);
  }
}

void SmtpCallout::Impl::Block(Lane& lane) {
  const std::string& provider = lane.route.provider;
  if (politeness_.BlockedFor(provider) > absl::ZeroDuration()) return;
  politeness_.Block(provider, parts_.clock.SteadyNow() + absl::ToChronoNanoseconds(politeness_.block()));
  parts_.memory->RememberBlock(provider, parts_.clock.Now() + politeness_.block());
  metrics_.blocked.Set(politeness_.blocked());
  for (const auto& [domain, other] : lanes_) {
    if (other->route.provider == provider) PumpSoon(domain, SystemClock().SteadyNow());
  }
}

void SmtpCallout::Impl::AnswerAccepted(Lane& lane) {
  for (const OwnMailboxPtr& mailbox : std::exchange(lane.accepted, {})) AnswerAccepted(mailbox, lane);
}

void SmtpCallout::Impl::AnswerAccepted(const OwnMailboxPtr& mailbox, const Lane& lane) {
  if (lane.quirk->accepts_all) return Answer(mailbox, er::kProviderNotVerifiable);
  Answer(mailbox, lane.catch_all == Ternary::kYes ? er::kCatchAll : er::kMailboxExists, lane.catch_all);
}

void SmtpCallout::Impl::AnswerGreylisted(const OwnMailboxPtr& mailbox) {
  parts_.memory->CountGreylisting(
      mailbox->asking->call, mailbox->address, [self = shared_from_this(), mailbox](int times) {
        const auto before = std::min(static_cast<std::size_t>(times - 1), kGreylistedRetries.size() - 1);
        self->loop_.Post([impl = self.get(), mailbox, before] {
          impl->Answer(mailbox, er::kGreylisted, Ternary::kUnknown, kGreylistedRetries[before]);
        });
      });
}

void SmtpCallout::Impl::AnswerBlocked(const OwnMailboxPtr& mailbox, absl::Duration left) {
  const Asking& asking = *mailbox->asking;
  mailbox->evidence.push_back({.step = "CONNECT",
                               .host = asking.query.mail.hosts.front().name,
                               .text = "not asked: the provider refused us lately",
                               .cached = true,
                               .source = asking.provider});
  Answer(mailbox, er::kBlocked, Ternary::kUnknown, left);
}

void SmtpCallout::Impl::Answer(const OwnMailboxPtr& mailbox, std::string_view reason, Ternary catch_all,
                               std::optional<absl::Duration> retry_after) {
  if (std::exchange(mailbox->answered, true)) return;
  StopWaitingForRate(*mailbox);
  metrics_.CountAnswer(reason);
  const AskingPtr asking = mailbox->asking;
  asking->answers[mailbox->index] = {.reason = reason,
                                     .catch_all = catch_all,
                                     .retry_after = retry_after,
                                     .evidence = std::move(mailbox->evidence)};
  if (--asking->unanswered > 0) return;
  CloseBook(asking);
  asking->done(std::move(asking->answers));
}

void SmtpCallout::Impl::AnswerAll(const AskingPtr& asking, std::string_view reason,
                                  std::optional<absl::Duration> retry_after) {
  for (const OwnMailboxPtr& mailbox : std::vector(asking->mailboxes)) {
    Answer(mailbox, reason, Ternary::kUnknown, retry_after);
  }
}

// What was learned holds; who was never asked for was waiting for our own limits.
void SmtpCallout::Impl::OnDeadline(const AskingPtr& asking) {
  const std::string domain = asking->query.domain;
  const auto lane = lanes_.find(domain);
  for (const OwnMailboxPtr& mailbox : std::vector(asking->mailboxes)) {
    if (mailbox->answered) continue;
    if (lane == lanes_.end() || !mailbox->sent) {
      Answer(mailbox, er::kRateLimited, Ternary::kUnknown, kTroubleRetry);
    } else if (std::ranges::find(lane->second->accepted, mailbox) != lane->second->accepted.end()) {
      AnswerAccepted(mailbox, *lane->second);
    } else {
      AnswerUnfinished(mailbox, *lane->second);
    }
  }
  LeaveSessions(domain);
}

void SmtpCallout::Impl::AnswerUnfinished(const OwnMailboxPtr& mailbox, const Lane& lane) {
  const auto session = std::ranges::find_if(
      lane.sessions, [&mailbox](const auto& candidate) { return candidate->Asks(*mailbox); });
  bool connected = true;
  if (session != lane.sessions.end()) {
    connected = (*session)->connected();
    mailbox->evidence = (*session)->Opened();
  }
  Answer(mailbox, connected ? er::kTimeout : er::kNoConnect, Ternary::kUnknown, kTroubleRetry);
}

void SmtpCallout::Impl::Cancel(const AskingPtr& asking) {
  if (asking->unanswered == 0) return;
  for (const OwnMailboxPtr& mailbox : asking->mailboxes) {
    mailbox->answered = true;
    StopWaitingForRate(*mailbox);
  }
  CloseBook(asking);
  asking->done(Cancelled());
  LeaveSessions(asking->query.domain);
}

void SmtpCallout::Impl::CloseBook(const AskingPtr& asking) {
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
void SmtpCallout::Impl::LeaveSessions(const std::string& domain) {
  const auto found = lanes_.find(domain);
  if (found == lanes_.end()) return;
  Lane& lane = *found->second;
  std::erase_if(lane.accepted, [](const OwnMailboxPtr& mailbox) { return mailbox->answered; });
  std::vector<SmtpSession*> left;
  for (const std::unique_ptr<SmtpSession>& session : lane.sessions) {
    if (!session->idle() && !session->HasLiveMailboxes()) left.push_back(session.get());
  }
  for (SmtpSession* const session : left) session->Quit();
  Pump(lane);
}

void SmtpCallout::Impl::Stop() {
  loop_.Post([this] {
    for (const AskingPtr& asking : std::vector(askings_)) Cancel(asking);
    // Without goodbye: nobody is to wait for it.
    ended_.clear();
    lane_of_.clear();
    lanes_.clear();
    probe_.reset();
  });
  loop_.Stop();
}

SmtpCallout::SmtpCallout(Options options, Parts parts)
    : impl_(std::make_shared<Impl>(std::move(options), std::move(parts))) {}

SmtpCallout::~SmtpCallout() { impl_->Stop(); }

void SmtpCallout::Ask(const Call& call, CalloutQuery query, Done<std::vector<CalloutAnswer>> done) {
  impl_->Ask(call, std::move(query), std::move(done));
}

}  // namespace limpid::verify

#include <algorithm>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/quality/reasons.h"
#include "verify-svc/email/smtp/callout_desk.h"
#include "verify-svc/email/smtp/reachable_hosts.h"
#include "verify-svc/email/smtp/wire_address.h"

namespace limpid::verify {
namespace {

namespace er = quality::email_reason;

// An answer that comes with the deadline comes too late.
constexpr absl::Duration kAnswerMargin = absl::Milliseconds(50);
// A process that has too much to do is asked again after this.
constexpr absl::Duration kFullRetry = absl::Minutes(5);

}  // namespace

CalloutDesk::CalloutDesk(SmtpCallout::Options options, SmtpCallout::Parts parts)
    : options_(std::move(options)),
      parts_(std::move(parts)),
      metrics_(parts_.metrics),
      politeness_(options_.limits, parts_.rate, parts_.clock),
      loop_("limpid-smtp"),
      probe_(std::make_unique<PortProbe>(loop_, options_.probe)) {
  loop_.Post([this] { probe_->Start(); });
}

void CalloutDesk::Ask(const Call& call, CalloutQuery query, Done<std::vector<CalloutAnswer>> done) {
  if (call.Stopped()) return done(Cancelled());
  if (query.recipients.empty()) return done(std::vector<CalloutAnswer>());
  auto asking = std::make_shared<CalloutAsking>();
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

void CalloutDesk::Begin(const CalloutAskingPtr& asking, const CalloutMemory::Known& known) {
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
  metrics_.blocked.Set(politeness_.blocked());

  WarnOfOwnName();
  const absl::Duration remaining = asking->call.Remaining();
  if (remaining <= absl::ZeroDuration()) return AnswerAll(asking, er::kBudgetSpent, absl::ZeroDuration());
  if (unanswered_ > options_.max_waiting) return AnswerAll(asking, er::kRateLimited, kFullRetry);
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
  CalloutLane& lane = LaneOf(*asking, std::move(hosts), known.catch_all);
  for (const CalloutMailboxPtr& mailbox : std::vector(asking->mailboxes)) Enqueue(mailbox, lane, until);
  Pump(lane);
}

// Once, and only where servers are asked at all: most refuse a name that the DNS cannot know.
void CalloutDesk::WarnOfOwnName() {
  const std::string& name = options_.session.ehlo_name;
  if (std::exchange(own_name_checked_, true) || name.find('.') != std::string::npos) return;
  Log(LogLevel::kWarning, "smtp_helo_name", {{"name", Label(name)}});
}

void CalloutDesk::SetEnds(const CalloutAskingPtr& asking, SteadyTime until) {
  if (until != SteadyTime::max()) {
    asking->timer = loop_.At(until, [this, asking] {
      asking->timer.reset();
      OnDeadline(asking);
    });
  }
  asking->on_stop.emplace(asking->call.stop, [this, weak = std::weak_ptr(asking)] {
    loop_.Post([this, weak] {
      if (const CalloutAskingPtr still = weak.lock()) Cancel(still);
    });
  });
}

CalloutLane& CalloutDesk::LaneOf(const CalloutAsking& asking, std::vector<SmtpSession::Host> hosts,
                                 quality::Ternary catch_all) {
  std::unique_ptr<CalloutLane>& lane = lanes_[asking.query.domain];
  if (!lane) {
    lane = std::make_unique<CalloutLane>();
    lane->domain = asking.query.domain;
    lane->quirks = parts_.quirks->Get();
    lane->quirk = &lane->quirks->Of(asking.provider);
    lane->recipients_per_session = lane->quirk->recipients_per_session;
    lane->on_internet = IsOnInternet(hosts, asking.provider);
    lane->route = {.hosts = std::move(hosts), .provider = asking.provider, .proxy = ProxyOf(asking.provider)};
    if (lane->quirk->own_domains.contains(lane->domain)) lane->catch_all = quality::Ternary::kNo;
  }
  if (lane->catch_all == quality::Ternary::kUnknown) lane->catch_all = catch_all;
  return *lane;
}

// Whether a closed port 25 concerns it: not behind a proxy, nor inside the company.
bool CalloutDesk::IsOnInternet(const std::vector<SmtpSession::Host>& hosts, std::string_view provider) const {
  return ProxyOf(provider).empty() && AreOnInternet(hosts);
}

std::string CalloutDesk::ProxyOf(std::string_view provider) const {
  for (const auto& [name, proxy] : options_.provider_proxies) {
    if (name == provider) return proxy;
  }
  return options_.proxy;
}

void CalloutDesk::Enqueue(const CalloutMailboxPtr& mailbox, CalloutLane& lane, SteadyTime until) {
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
      return Answer(mailbox, er::kRateLimited, quality::Ternary::kUnknown, std::max(turn, absl::Seconds(1)));
    }
    mailbox->waits_for_rate = true;
    ++waiting_for_rate_[provider];
  }
  lane.waiting.push_back(mailbox);
}

void CalloutDesk::Stop() {
  loop_.Stop([this] {
    for (const CalloutAskingPtr& asking : std::vector(askings_)) Cancel(asking);
    // Without goodbye: nobody is to wait for it.
    ended_.clear();
    lane_of_.clear();
    lanes_.clear();
    probe_.reset();
  });
}

}  // namespace limpid::verify

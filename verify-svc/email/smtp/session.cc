#include "verify-svc/email/smtp/session.h"

#include <algorithm>
#include <utility>

#include "libs/base/strings.h"
#include "libs/quality/reasons.h"
#include "verify-svc/email/smtp/reply_text.h"

namespace limpid::verify {
namespace {

namespace er = quality::email_reason;

constexpr std::string_view kConnectStep = "CONNECT";
constexpr std::string_view kMailStep = "MAIL";
constexpr std::string_view kRecipientStep = "RCPT";
constexpr std::string_view kRandomStep = "RANDOM_RCPT";
constexpr int kServiceClosing = 421;  // RFC 5321 §3.8
// A server that is slow to say goodbye is left without it.
constexpr absl::Duration kQuitTimeout = absl::Seconds(1);

std::string_view LocalPart(std::string_view address) { return address.substr(0, address.rfind('@')); }

}  // namespace

SmtpSession::SmtpSession(EventLoop& loop, const Settings& settings, std::shared_ptr<const ReplyRules> rules,
                         Route route, Owner& owner)
    : loop_(loop), settings_(settings), rules_(std::move(rules)), route_(std::move(route)), owner_(owner) {
  Open();
}

SmtpSession::~SmtpSession() {
  if (timer_) loop_.Cancel(*timer_);
}

void SmtpSession::Open() {
  reopening_ = false;
  opening_steps_taken_ = 0;
  step_start_ = SystemClock().SteadyNow();
  asked_count_ = static_cast<int>(to_ask_.size());
  answered_count_ = 0;
  connection_ = std::make_unique<SmtpConnection>(
      loop_,
      SmtpConnection::Target{.host = host().name,
                             .address = host().address,
                             .port = settings_.port,
                             .proxy = route_.proxy,
                             .tls = tls_,
                             .ehlo_name = settings_.ehlo_name},
      settings_.guard,
      SmtpConnection::Callbacks{.on_progress = [this] { StartStep(); },
                                .on_opened = [this](Opening opening) { OnOpened(opening); },
                                .on_reply = [this](SmtpReply reply) { OnReply(std::move(reply)); },
                                .on_closed = [this](SmtpReplyReader::Fault fault) { OnClosed(fault); }});
  StartStep();
}

// The connection cannot be replaced while it tells of its end.
void SmtpSession::Reopen() {
  reopening_ = true;
  dialogue_.reset();
  to_ask_.insert(to_ask_.begin(), asked_.begin(), asked_.end());
  asked_.clear();
  if (timer_) loop_.Cancel(*timer_);
  timer_ = loop_.At(SystemClock().SteadyNow(), [this] {
    timer_.reset();
    Open();
  });
}

std::optional<std::size_t> SmtpSession::NextHost(bool other_host) const {
  std::size_t next = host_ + 1;
  while (other_host && next < route_.hosts.size() && route_.hosts[next].name == host().name) ++next;
  if (next >= route_.hosts.size()) return std::nullopt;
  if (other_host_tried_ && route_.hosts[next].name != host().name) return std::nullopt;
  return next;
}

bool SmtpSession::ReopenAtNextHost(bool other_host) {
  const std::optional<std::size_t> next = NextHost(other_host);
  if (!next) return false;
  other_host_tried_ = other_host_tried_ || route_.hosts[*next].name != host().name;
  host_ = *next;
  tls_ = true;
  Reopen();
  return true;
}

absl::Duration SmtpSession::ConnectTime() const {
  if (route_.until == SteadyTime::max() || !NextHost(/*other_host=*/false)) return settings_.connect_timeout;
  return std::min(settings_.connect_timeout, absl::FromChrono(route_.until - timed_from_) / 2);
}

void SmtpSession::StartStep() {
  if (ended_ || reopening_) return;
  timed_from_ = SystemClock().SteadyNow();
  absl::Duration time = settings_.step_timeout;
  // When it is connected nobody tells us: both times are looked at.
  if (connection_->steps().empty()) time = std::min(ConnectTime(), settings_.greeting_timeout);
  WaitUntil(quitting_ ? kQuitTimeout : time);
}

void SmtpSession::WaitUntil(absl::Duration since_step) {
  if (timer_) loop_.Cancel(*timer_);
  timer_ = loop_.At(timed_from_ + absl::ToChronoNanoseconds(since_step), [this] {
    timer_.reset();
    OnStepTimeout();
  });
}

void SmtpSession::OnStepTimeout() {
  if (quitting_) return End();
  const bool greeted = !connection_->steps().empty();
  if (!greeted) {
    const absl::Duration time = connection_->connected() ? settings_.greeting_timeout : ConnectTime();
    if (SystemClock().SteadyNow() < timed_from_ + absl::ToChronoNanoseconds(time)) return WaitUntil(time);
  }
  TakeOpeningSteps();
  if (!connection_->connected()) {
    opening_.push_back(Evidence(kConnectStep, {.lines = {"no connection in time"}}, {}));
    if (!ReopenAtNextHost(/*other_host=*/false)) Fail({.reason = er::kNoConnect});
    return;
  }
  const std::string_view step = !opened()       ? greeted ? "EHLO" : kConnectStep
                                : random_asked_ ? kRandomStep
                                                : kRecipientStep;
  Fail(er::kTimeout, step, "no reply in time");
}

quality::EmailEvidence SmtpSession::Evidence(std::string_view step, const SmtpReply& reply,
                                             std::string_view local_part) const {
  return {.step = step,
          .host = host().name,
          .code = reply.code,
          .enhanced_code = reply.enhanced_code,
          .text = MaskedReplyText(reply.Text(), local_part),
          .elapsed = absl::FromChrono(SystemClock().SteadyNow() - step_start_),
          .source = host().address};
}

void SmtpSession::TakeOpeningSteps() {
  const auto& steps = connection_->steps();
  for (; opening_steps_taken_ < steps.size(); ++opening_steps_taken_) {
    const SmtpConnection::Step& step = steps[opening_steps_taken_];
    quality::EmailEvidence evidence = Evidence(step.step, step.reply, {});
    // Of EHLO only the greeting: the rest is a list of extensions.
    if (step.reply.Positive() && step.reply.lines.size() > 1) {
      evidence.text = MaskedReplyText(step.reply.lines.front(), {});
    }
    evidence.elapsed = step.elapsed;
    opening_.push_back(std::move(evidence));
  }
}

void SmtpSession::OnOpened(Opening opening) {
  TakeOpeningSteps();
  const auto& steps = connection_->steps();
  switch (opening) {
    case Opening::kOpen:
      dialogue_.emplace(SmtpDialogue::Options{.mail_from = settings_.mail_from,
                                              .pipelining = connection_->Offers("PIPELINING"),
                                              .smtputf8 = connection_->Offers("SMTPUTF8")});
      for (const MailboxPtr& mailbox : std::exchange(to_ask_, {})) {
        --asked_count_;
        Ask(mailbox);
      }
      if (idle() && !ended_) owner_.OnIdle(*this);
      return;
    case Opening::kTlsFailed:
      if (tls_) {
        tls_ = false;
        return Reopen();
      }
      return Fail(er::kProtocolError, "TLS", "no TLS");
    case Opening::kNoConnect:
      opening_.push_back(Evidence(kConnectStep, {.lines = {"no connection"}}, {}));
      if (!ReopenAtNextHost(/*other_host=*/false)) Fail({.reason = er::kNoConnect});
      return;
    case Opening::kRefused: {
      const ReplyMeaning meaning = rules_->Judge(SmtpStage::kOpening, steps.back().reply, route_.provider);
      const bool elsewhere = steps.back().reply.Transient() && meaning.reason != er::kBlocked;
      if (!elsewhere || !ReopenAtNextHost(/*other_host=*/true)) Fail(meaning);
      return;
    }
    case Opening::kLost:
      if (!std::exchange(reconnected_, true)) return Reopen();
      return Fail(er::kConnectionLost, kConnectStep, "connection lost");
    case Opening::kNotSmtp:
      return Fail(er::kProtocolError, kConnectStep, "not SMTP");
  }
}

void SmtpSession::Ask(const MailboxPtr& mailbox) {
  ++asked_count_;
  if (!dialogue_) {
    to_ask_.push_back(mailbox);
    return;
  }
  if (!dialogue_->AskRecipient(mailbox->address, mailbox->needs_smtputf8)) {
    const bool unsupported = mailbox->needs_smtputf8 && !connection_->Offers("SMTPUTF8");
    mailbox->evidence.insert(mailbox->evidence.end(), opening_.begin(), opening_.end());
    owner_.OnAnswer(*this, mailbox,
                    {.reason = unsupported ? er::kSmtputf8Unsupported : er::kMailboxNotChecked});
    return;
  }
  asked_.push_back(mailbox);
  Flush();
}

void SmtpSession::AskRandom(std::string address) {
  ++asked_count_;
  random_ = std::move(address);
  random_asked_ = dialogue_->AskRandom(random_);
  Flush();
}

void SmtpSession::Flush() {
  std::string output = dialogue_->TakeOutput();
  if (output.empty()) return;
  step_start_ = SystemClock().SteadyNow();
  StartStep();
  connection_->Send(std::move(output));
}

void SmtpSession::OnReply(SmtpReply reply) {
  if (ended_ || !dialogue_) return;
  if (const auto answer = dialogue_->OnReply(std::move(reply))) {
    switch (answer->step) {
      case SmtpDialogue::Step::kMail:
        OnMailReply(*answer);
        break;
      case SmtpDialogue::Step::kRecipient:
        OnRecipientReply(answer->reply);
        break;
      case SmtpDialogue::Step::kRandomRecipient:
        OnRandomReply(answer->reply);
        break;
    }
  }
  if (ended_ || !dialogue_) return;
  step_start_ = SystemClock().SteadyNow();
  StartStep();
  Flush();
  if (quitting_) {
    if (!dialogue_->Waiting()) End();
    return;
  }
  if (!dialogue_->Waiting() && idle()) owner_.OnIdle(*this);
}

void SmtpSession::OnMailReply(const SmtpDialogue::Answer& answer) {
  const ReplyMeaning meaning = rules_->Judge(SmtpStage::kOpening, answer.reply, route_.provider);
  if (answer.of_random) {
    if (!answer.reply.Positive()) FinishRandom(meaning);
    return;
  }
  if (answered_count_ == 0) opening_.push_back(Evidence(kMailStep, answer.reply, {}));
  if (answer.reply.Positive()) return;
  const bool elsewhere = answer.reply.code == kServiceClosing && meaning.reason != er::kBlocked;
  if (elsewhere && ReopenAtNextHost(/*other_host=*/true)) return;
  Fail(meaning);
}

void SmtpSession::OnRecipientReply(const SmtpReply& reply) {
  if (asked_.empty()) return;
  const ReplyMeaning meaning = rules_->Judge(SmtpStage::kRecipient, reply, route_.provider);
  const MailboxPtr mailbox = asked_.front();
  if (meaning.needs_new_session && answered_count_ > 0) {
    const std::vector<MailboxPtr> returned(asked_.begin(), asked_.end());
    asked_.clear();
    const int limit = answered_count_;
    Quit();
    owner_.OnReturned(*this, returned, limit);
    return;
  }
  const bool elsewhere =
      reply.code == kServiceClosing && answered_count_ == 0 && meaning.reason == er::kTemporaryFailure;
  const quality::EmailEvidence evidence = Evidence(kRecipientStep, reply, LocalPart(mailbox->address));
  if (elsewhere && ReopenAtNextHost(/*other_host=*/true)) {
    opening_.push_back(evidence);
    return;
  }
  asked_.pop_front();
  ++answered_count_;
  mailbox->evidence.insert(mailbox->evidence.end(), opening_.begin(), opening_.end());
  mailbox->evidence.push_back(evidence);
  owner_.OnAnswer(*this, mailbox, meaning);
}

void SmtpSession::OnRandomReply(const SmtpReply& reply) {
  if (!random_asked_) return;
  random_asked_ = false;
  owner_.OnRandom(*this, rules_->Judge(SmtpStage::kRecipient, reply, route_.provider),
                  Evidence(kRandomStep, reply, LocalPart(random_)));
}

void SmtpSession::FinishRandom(const std::optional<ReplyMeaning>& meaning) {
  if (!std::exchange(random_asked_, false)) return;
  owner_.OnRandom(*this, meaning, Evidence(kRandomStep, {.lines = {"no answer"}}, {}));
}

void SmtpSession::OnClosed(SmtpReplyReader::Fault fault) {
  if (ended_ || reopening_) return;
  if (quitting_) return End();
  if (fault != SmtpReplyReader::Fault::kNone) return Fail(er::kProtocolError, kRecipientStep, "not SMTP");
  FinishRandom(std::nullopt);
  if (asked_.empty()) return End();
  if (answered_count_ > 0) {
    // What was read holds; the server takes no more in one session.
    std::vector<MailboxPtr> returned(asked_.begin(), asked_.end());
    asked_.clear();
    quitting_ = true;
    owner_.OnReturned(*this, std::move(returned), answered_count_);
    return End();
  }
  if (!std::exchange(reconnected_, true)) return Reopen();
  Fail(er::kConnectionLost, kRecipientStep, "connection lost");
}

void SmtpSession::Quit() {
  if (quitting_ || ended_) return;
  quitting_ = true;
  if (!dialogue_) return End();
  dialogue_->Quit();
  StartStep();
  Flush();
}

void SmtpSession::Linger(absl::Duration time) {
  if (timer_) loop_.Cancel(*timer_);
  timer_ = loop_.At(SystemClock().SteadyNow() + absl::ToChronoNanoseconds(time), [this] {
    timer_.reset();
    Quit();
  });
}

bool SmtpSession::HasLiveMailboxes() const {
  const auto live = [](const MailboxPtr& mailbox) { return !mailbox->answered; };
  return std::ranges::any_of(to_ask_, live) || std::ranges::any_of(asked_, live) || random_asked_;
}

bool SmtpSession::Asks(const AskedMailbox& mailbox) const {
  const auto is = [&mailbox](const MailboxPtr& other) { return other.get() == &mailbox; };
  return std::ranges::any_of(to_ask_, is) || std::ranges::any_of(asked_, is);
}

const std::vector<quality::EmailEvidence>& SmtpSession::Opened() {
  TakeOpeningSteps();
  return opening_;
}

void SmtpSession::Fail(std::string_view reason, std::string_view step, std::string_view text) {
  opening_.push_back(Evidence(step, {.lines = {std::string(text)}}, {}));
  Fail({.reason = reason});
}

void SmtpSession::Fail(const ReplyMeaning& meaning) {
  quitting_ = true;
  FinishRandom(std::nullopt);
  std::vector<MailboxPtr> left(to_ask_.begin(), to_ask_.end());
  left.insert(left.end(), asked_.begin(), asked_.end());
  to_ask_.clear();
  asked_.clear();
  for (const MailboxPtr& mailbox : left) {
    mailbox->evidence.insert(mailbox->evidence.end(), opening_.begin(), opening_.end());
    owner_.OnAnswer(*this, mailbox, meaning);
  }
  End();
}

void SmtpSession::End() {
  if (std::exchange(ended_, true)) return;
  if (timer_) loop_.Cancel(*timer_);
  timer_.reset();
  owner_.OnEnded(*this);
}

}  // namespace limpid::verify

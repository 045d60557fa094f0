#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

#include "libs/http/address_guard.h"
#include "libs/quality/email/verdict.h"
#include "verify-svc/email/smtp/connection.h"
#include "verify-svc/email/smtp/dialogue.h"
#include "verify-svc/email/smtp/event_loop.h"
#include "verify-svc/email/smtp/reply_rules.h"

namespace limpid::verify {

/// A mailbox on its way through a session.
struct AskedMailbox {
  virtual ~AskedMailbox() = default;
  std::string address;
  bool needs_smtputf8 = false;
  bool answered = false;  ///< Whoever asked has an answer: what is learned now is for nobody.
  std::vector<quality::EmailEvidence> evidence;
};
using MailboxPtr = std::shared_ptr<AskedMailbox>;

/// A session with one mail server of a domain: opened, asked for mailboxes one after the other, closed.
///
/// It tries again where that can help: once after a lost connection, without TLS after a failed handshake, at
/// the next address or host after a failed connect, at one other host where this one has no time (421). Lives
/// on the loop.
class SmtpSession {
 public:
  struct Settings {
    std::string ehlo_name;
    std::string mail_from;
    int port = 25;
    absl::Duration connect_timeout = absl::Seconds(5);
    absl::Duration greeting_timeout = absl::Seconds(10);
    absl::Duration step_timeout = absl::Seconds(5);
    http::AddressGuard guard;
  };
  struct Host {
    std::string name;
    std::string address;
  };
  struct Route {
    std::vector<Host> hosts;  ///< Not empty: in the order in which they are tried; several addresses of a
                              ///< host follow one another.
    std::string provider;
    std::string proxy;
    /// When the first who asks has no more time: a host that does not answer leaves some of it to the next.
    SteadyTime until = SteadyTime::max();
  };
  /// What becomes of it. Not to destroy the session from within.
  class Owner {
   public:
    virtual ~Owner() = default;
    virtual void OnAnswer(SmtpSession& session, const MailboxPtr& mailbox, const ReplyMeaning& meaning) = 0;
    /// What the server says of a mailbox that nobody has; without a meaning when that could not be learned.
    virtual void OnRandom(SmtpSession& session, const std::optional<ReplyMeaning>& meaning,
                          const quality::EmailEvidence& evidence) = 0;
    /// Mailboxes that this session will not be asked for any more: another may. It takes `limit` of them.
    virtual void OnReturned(SmtpSession& session, std::vector<MailboxPtr> mailboxes, int limit) = 0;
    /// It owes no answer, and may be asked for more, or ended.
    virtual void OnIdle(SmtpSession& session) = 0;
    /// The last word.
    virtual void OnEnded(SmtpSession& session) = 0;
  };

  SmtpSession(EventLoop& loop, const Settings& settings, std::shared_ptr<const ReplyRules> rules, Route route,
              Owner& owner);
  ~SmtpSession();
  SmtpSession(const SmtpSession&) = delete;
  SmtpSession& operator=(const SmtpSession&) = delete;

  void Ask(const MailboxPtr& mailbox);
  void AskRandom(std::string address);
  /// Says QUIT where there is somebody to say it to, waits a moment for the reply and ends.
  void Quit();
  /// Stays open for a while in case that somebody asks for more, then quits.
  void Linger(absl::Duration time);

  /// Mailboxes asked for since it was opened, the one that nobody has included.
  int asked() const { return asked_count_; }
  /// True once commands can be sent.
  bool opened() const { return dialogue_.has_value(); }
  /// False once it takes no more questions.
  bool open_to_questions() const { return !quitting_ && !ended_; }
  bool idle() const { return to_ask_.empty() && asked_.empty() && !random_asked_; }
  /// Somebody still waits for one of its answers.
  bool HasLiveMailboxes() const;
  bool Asks(const AskedMailbox& mailbox) const;
  /// What was learned before the server was asked for a mailbox.
  const std::vector<quality::EmailEvidence>& Opened();
  bool connected() const { return connection_->connected(); }
  const std::string& provider() const { return route_.provider; }

 private:
  using Opening = SmtpConnection::Opening;

  void Open();
  void OnOpened(Opening opening);
  void OnReply(SmtpReply reply);
  void OnClosed(SmtpReplyReader::Fault fault);
  void OnMailReply(const SmtpDialogue::Answer& answer);
  void OnRecipientReply(const SmtpReply& reply);
  void OnRandomReply(const SmtpReply& reply);
  void OnStepTimeout();
  void StartStep();
  void WaitUntil(absl::Duration since_step);
  void Flush();
  void TakeOpeningSteps();
  std::optional<std::size_t> NextHost(bool other_host) const;
  bool ReopenAtNextHost(bool other_host);
  absl::Duration ConnectTime() const;
  void Reopen();
  void FinishRandom(const std::optional<ReplyMeaning>& meaning);
  /// Answers all that is left by `reason` and ends. The last thing to be called.
  void Fail(std::string_view reason, std::string_view step, std::string_view text);
  void Fail(const ReplyMeaning& meaning);
  void End();
  quality::EmailEvidence Evidence(std::string_view step, const SmtpReply& reply,
                                  std::string_view local_part) const;
  const Host& host() const { return route_.hosts[host_]; }

  EventLoop& loop_;
  const Settings& settings_;
  const std::shared_ptr<const ReplyRules> rules_;  ///< In force when it began.
  const Route route_;
  Owner& owner_;
  std::unique_ptr<SmtpConnection> connection_;
  std::optional<SmtpDialogue> dialogue_;  ///< Once it is open.
  std::vector<quality::EmailEvidence> opening_;
  std::size_t opening_steps_taken_ = 0;
  std::deque<MailboxPtr> to_ask_;  ///< Until it is open.
  std::deque<MailboxPtr> asked_;   ///< The server owes their replies, in this order.
  std::string random_;             ///< Address; empty: not asked for.
  bool random_asked_ = false;
  std::size_t host_ = 0;
  bool other_host_tried_ = false;
  bool reconnected_ = false;
  bool tls_ = true;
  bool reopening_ =
      false;  ///< The next connection is about to be made; what the old one says is not listened to.
  bool quitting_ = false;
  bool ended_ = false;
  int asked_count_ = 0;
  int answered_count_ = 0;  ///< Since it was opened last.
  SteadyTime step_start_;   ///< When the server was given something to answer; for evidence.
  SteadyTime timed_from_;   ///< Since when its time for the step runs.
  std::optional<EventLoop::Timer> timer_;
};

}  // namespace limpid::verify

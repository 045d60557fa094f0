#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

#include "verify-svc/email/smtp/callout_metrics.h"
#include "verify-svc/email/smtp/callout_state.h"
#include "verify-svc/email/smtp/event_loop.h"
#include "verify-svc/email/smtp/politeness.h"
#include "verify-svc/email/smtp/port_probe.h"
#include "verify-svc/email/smtp/session.h"
#include "verify-svc/email/smtp/smtp_callout.h"

namespace limpid::verify {

/// What is behind SmtpCallout: takes questions in, gives them to sessions as the providers' limits allow, and
/// puts the answers together. In a file each: callout_intake.cc, callout_dispatch.cc, callout_answers.cc.
///
/// Ask() and Stop() are for any thread, the rest is of the loop's.
class CalloutDesk final : public SmtpSession::Owner, public std::enable_shared_from_this<CalloutDesk> {
 public:
  CalloutDesk(SmtpCallout::Options options, SmtpCallout::Parts parts);

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
  void Begin(const CalloutAskingPtr& asking, const CalloutMemory::Known& known);
  void WarnOfOwnName();
  void SetEnds(const CalloutAskingPtr& asking, SteadyTime until);
  CalloutLane& LaneOf(const CalloutAsking& asking, std::vector<SmtpSession::Host> hosts,
                      quality::Ternary catch_all);
  bool IsOnInternet(const std::vector<SmtpSession::Host>& hosts, std::string_view provider) const;
  std::string ProxyOf(std::string_view provider) const;
  void Enqueue(const CalloutMailboxPtr& mailbox, CalloutLane& lane, SteadyTime until);

  // They go to sessions.
  void Pump(CalloutLane& lane);
  void PumpSoon(const std::string& domain, SteadyTime when);
  void Feed(CalloutLane& lane, SmtpSession& session);
  void OpenSession(CalloutLane& lane);
  bool Pay(CalloutLane& lane, bool& paid);
  bool PayForNext(CalloutLane& lane);
  CalloutMailboxPtr TakeNext(CalloutLane& lane);
  void StopWaitingForRate(CalloutMailbox& mailbox);
  void DestroyEnded();
  void EndLingering(std::string_view provider);
  void FeedHungry();

  // Answers go out.
  void Block(CalloutLane& lane);
  void AnswerAccepted(CalloutLane& lane);
  void AnswerAccepted(const CalloutMailboxPtr& mailbox, const CalloutLane& lane);
  void AnswerGreylisted(const CalloutMailboxPtr& mailbox);
  void AnswerBlocked(const CalloutMailboxPtr& mailbox, absl::Duration left);
  void AnswerUnfinished(const CalloutMailboxPtr& mailbox, const CalloutLane& lane);
  void Answer(const CalloutMailboxPtr& mailbox, std::string_view reason,
              quality::Ternary catch_all = quality::Ternary::kUnknown,
              std::optional<absl::Duration> retry_after = std::nullopt);
  void AnswerAll(const CalloutAskingPtr& asking, std::string_view reason,
                 std::optional<absl::Duration> retry_after);
  void OnDeadline(const CalloutAskingPtr& asking);
  void Cancel(const CalloutAskingPtr& asking);
  void LeaveSessions(const std::string& domain);
  void CloseBook(const CalloutAskingPtr& asking);

  const SmtpCallout::Options options_;
  const SmtpCallout::Parts parts_;
  CalloutMetrics metrics_;
  // Of the loop's thread.
  Politeness politeness_;
  bool own_name_checked_ = false;
  std::size_t unanswered_ = 0;
  absl::flat_hash_map<std::string, int> waiting_for_rate_;  ///< Mailboxes by provider.
  absl::flat_hash_map<std::string, std::unique_ptr<CalloutLane>> lanes_;
  absl::flat_hash_map<SmtpSession*, CalloutLane*> lane_of_;
  std::vector<std::unique_ptr<SmtpSession>> ended_;  ///< To be destroyed when nobody is in them.
  std::deque<std::string> hungry_;                   ///< Domains, the one that waits longest first.
  absl::flat_hash_set<std::string> hungry_providers_;
  std::vector<CalloutAskingPtr> askings_;
  EventLoop loop_;
  std::unique_ptr<PortProbe> probe_;
};

}  // namespace limpid::verify

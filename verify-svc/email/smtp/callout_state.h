#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "libs/base/call.h"
#include "verify-svc/domain/callout.h"
#include "verify-svc/email/smtp/event_loop.h"
#include "verify-svc/email/smtp/provider_quirks.h"
#include "verify-svc/email/smtp/session.h"

/// What SmtpCallout keeps of the questions under way. All of it belongs to its loop.
namespace limpid::verify {

struct CalloutMailbox;
using CalloutMailboxPtr = std::shared_ptr<CalloutMailbox>;

/// One call, with all its mailboxes.
struct CalloutAsking {
  Call call;
  CalloutQuery query;
  Done<std::vector<CalloutAnswer>> done;
  std::string provider;
  std::vector<CalloutAnswer> answers;
  std::vector<CalloutMailboxPtr> mailboxes;
  std::size_t unanswered = 0;
  std::optional<EventLoop::Timer> timer;
  std::optional<std::stop_callback<std::function<void()>>> on_stop;
};
using CalloutAskingPtr = std::shared_ptr<CalloutAsking>;

struct CalloutMailbox final : AskedMailbox {
  CalloutAskingPtr asking;
  std::size_t index = 0;
  bool paid = false;            ///< The provider's rate admits it.
  bool waits_for_rate = false;  ///< Counted among those that do.
  bool sent = false;            ///< Some session was given it.
  SteadyTime until = SteadyTime::max();
};

/// What goes on with one domain. Gone when nothing does.
struct CalloutLane {
  std::string domain;
  SmtpSession::Route route;
  std::shared_ptr<const ProviderQuirks> quirks;  ///< In force when it began.
  const ProviderQuirk* quirk = nullptr;          ///< One of `quirks`.
  int recipients_per_session = 0;
  quality::Ternary catch_all = quality::Ternary::kUnknown;
  bool random_asked = false;    ///< A session asks for the mailbox that nobody has.
  bool random_retried = false;  ///< One session would not say, and another is asked.
  bool random_failed = false;   ///< Not to be learned now.
  bool random_paid = false;
  std::deque<CalloutMailboxPtr> waiting;
  std::vector<CalloutMailboxPtr> accepted;  ///< By RCPT TO; what that means hangs on the random one.
  std::vector<std::unique_ptr<SmtpSession>> sessions;
  std::optional<EventLoop::Timer> timer;  ///< When the rate admits more.
  bool hungry = false;                    ///< Waits for another domain's session to end.
  bool on_internet = true;                ///< Reached directly and at public addresses.

  bool NeedsRandom() const {
    return !quirk->accepts_all && catch_all == quality::Ternary::kUnknown && !random_failed;
  }
  bool RandomIsDue() const {
    return NeedsRandom() && !random_asked &&
           std::ranges::any_of(accepted, [](const CalloutMailboxPtr& mailbox) { return !mailbox->answered; });
  }
  bool MayAsk(const SmtpSession& session) const {
    return session.open_to_questions() && session.asked() < recipients_per_session;
  }
  bool Quiet() const { return waiting.empty() && accepted.empty() && sessions.empty(); }
};

}  // namespace limpid::verify

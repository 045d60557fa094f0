#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "verify-svc/email/smtp/reply.h"

namespace limpid::verify {

/// The commands of one SMTP session after EHLO, and whose answer each reply is. Knows no network: what goes
/// out is taken, what comes in is given.
///
/// It asks for mailboxes by RCPT TO and never sends DATA, so that no mail can leave. Commands go out together
/// where the server takes that (RFC 2920), else one after the other.
class SmtpDialogue {
 public:
  struct Options {
    std::string mail_from;  ///< Without brackets; empty: the null sender.
    bool pipelining = false;
    bool smtputf8 = false;  ///< The server offers it (RFC 6531).
  };
  enum class Step { kMail, kRecipient, kRandomRecipient };
  struct Answer {
    Step step;
    bool of_random = false;  ///< kMail: of the transaction that asks for nobody's mailbox.
    SmtpReply reply;
  };

  explicit SmtpDialogue(Options options);

  /// Asks for a mailbox, in the transaction that is open if there is one. The addresses must be wire-safe
  /// (wire_address.h): the dialogue drops those that are not, and says so by false.
  bool AskRecipient(std::string_view address, bool needs_smtputf8);
  /// Asks for a mailbox that nobody has, in a transaction of its own.
  bool AskRandom(std::string_view address);
  void Quit();

  /// What is to be sent now; empty while the server owes replies that must come first.
  std::string TakeOutput();
  /// True while the server owes replies.
  bool Waiting() const { return !sent_.empty(); }
  /// The meaning of the next reply; none where nobody asked for one, or nobody cares.
  std::optional<Answer> OnReply(SmtpReply reply);

 private:
  enum class Verb { kMail, kRandomMail, kRecipient, kRandomRecipient, kReset, kQuit };
  struct Command {
    Verb verb;
    std::string line;
  };

  void Begin(Verb mail, bool needs_smtputf8);

  const Options options_;
  std::deque<Command> queued_;
  std::deque<Verb> sent_;  ///< Without a reply so far.
  /// The transaction that the last queued command leaves open.
  bool in_transaction_ = false;
  bool transaction_smtputf8_ = false;
};

}  // namespace limpid::verify

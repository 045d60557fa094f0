#include "verify-svc/email/smtp/dialogue.h"

#include <utility>

#include "libs/base/strings.h"
#include "verify-svc/email/smtp/wire_address.h"

namespace limpid::verify {

SmtpDialogue::SmtpDialogue(Options options) : options_(std::move(options)) {}

void SmtpDialogue::Begin(Verb mail, bool needs_smtputf8) {
  if (in_transaction_) queued_.push_back({Verb::kReset, "RSET\r\n"});
  queued_.push_back(
      {mail, StrCat("MAIL FROM:<", options_.mail_from, ">", needs_smtputf8 ? " SMTPUTF8" : "", "\r\n")});
  in_transaction_ = true;
  transaction_smtputf8_ = needs_smtputf8;
}

bool SmtpDialogue::AskRecipient(std::string_view address, bool needs_smtputf8) {
  if (!IsWireSafeAddress(address, needs_smtputf8 && options_.smtputf8)) return false;
  if (!in_transaction_ || (needs_smtputf8 && !transaction_smtputf8_)) Begin(Verb::kMail, needs_smtputf8);
  queued_.push_back({Verb::kRecipient, StrCat("RCPT TO:<", address, ">\r\n")});
  return true;
}

bool SmtpDialogue::AskRandom(std::string_view address) {
  if (!IsWireSafeAddress(address, /*smtputf8=*/false)) return false;
  Begin(Verb::kRandomMail, /*needs_smtputf8=*/false);
  queued_.push_back({Verb::kRandomRecipient, StrCat("RCPT TO:<", address, ">\r\n")});
  // A mailbox that is asked for next is not to be refused because of this one.
  queued_.push_back({Verb::kReset, "RSET\r\n"});
  in_transaction_ = false;
  return true;
}

void SmtpDialogue::Quit() { queued_.push_back({Verb::kQuit, "QUIT\r\n"}); }

std::string SmtpDialogue::TakeOutput() {
  std::string output;
  while (!queued_.empty() && (sent_.empty() || options_.pipelining)) {
    output += queued_.front().line;
    sent_.push_back(queued_.front().verb);
    queued_.pop_front();
  }
  return output;
}

std::optional<SmtpDialogue::Answer> SmtpDialogue::OnReply(SmtpReply reply) {
  if (sent_.empty()) return std::nullopt;
  const Verb verb = sent_.front();
  sent_.pop_front();
  switch (verb) {
    case Verb::kMail:
      return Answer{Step::kMail, false, std::move(reply)};
    case Verb::kRandomMail:
      return Answer{Step::kMail, true, std::move(reply)};
    case Verb::kRecipient:
      return Answer{Step::kRecipient, false, std::move(reply)};
    case Verb::kRandomRecipient:
      return Answer{Step::kRandomRecipient, true, std::move(reply)};
    case Verb::kReset:
    case Verb::kQuit:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace limpid::verify

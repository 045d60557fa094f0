#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "verify-svc/email/smtp/reply.h"

namespace limpid::verify {

/// What a command's reply can speak of.
enum class SmtpStage {
  kOpening,    ///< The greeting, EHLO, MAIL FROM: of us, never of a mailbox.
  kRecipient,  ///< RCPT TO.
};

/// What a reply means.
struct ReplyMeaning {
  std::string_view reason;  ///< One of email_reason; lives as long as the program.
  std::string rule;         ///< The name of the rule that says so.
  bool needs_new_session =
      false;  ///< The server takes no more recipients in this session: RFC 5321 §4.5.3.1.10.
};

/// What mail servers mean by their replies, as data/email/smtp_reply_rules.tsv says: the enhanced code
/// decides before the code, the code before the words, by the order of the rows. Immutable and thread-safe.
///
/// Whatever the rows say, only a reply to RCPT TO speaks of a mailbox, and what no row knows says nothing of
/// it.
class ReplyRules {
 public:
  static constexpr std::string_view kFile = "email/smtp_reply_rules.tsv";
  /// Reads kFile of the data folder. INVALID_ARGUMENT names the line that is wrong, or says that there is
  /// none.
  static absl::StatusOr<std::shared_ptr<const ReplyRules>> Load(const std::string& data_folder);
  static absl::StatusOr<std::shared_ptr<const ReplyRules>> Parse(std::string_view table);

  /// `provider`: registrable domain of the mail host.
  ReplyMeaning Judge(SmtpStage stage, const SmtpReply& reply, std::string_view provider) const;
  /// Names of all rules, in their order.
  std::vector<std::string_view> Names() const;

 private:
  struct Rule;
  ReplyRules() = default;

  std::vector<Rule> rules_;
};

}  // namespace limpid::verify

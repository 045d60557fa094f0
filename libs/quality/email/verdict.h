#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"

#include "libs/quality/email/address.h"
#include "libs/quality/reasons.h"

namespace limpid::quality {

enum class Ternary { kUnknown, kYes, kNo };
enum class SuggestionKind { kDomain, kTld, kLocalPart };

/// The words of CONTRACT's closed lists: `DELIVERABLE`, `TLD`, `YES` …
std::string_view Name(EmailStatus status);
std::string_view Name(SuggestionKind kind);
std::string_view Name(Ternary value);

/// What the person probably meant. `confidence` from 0 to 1; from 0.8 on a form should ask.
struct EmailSuggestion {
  std::string email;
  double confidence = 0;
  SuggestionKind kind = SuggestionKind::kDomain;
};

struct EmailFlags {
  bool disposable = false;
  bool alias_relay = false;
  bool free = false;
  bool role = false;
  bool no_reply = false;
  bool tagged = false;
  Ternary catch_all = Ternary::kUnknown;
  bool mailbox_full = false;
  bool null_mx = false;
  bool implicit_mx = false;
};

/// One thing that was looked at. `step` is SYNTAX, LIST, DNS, CONNECT, EHLO, TLS, MAIL, RCPT, RANDOM_RCPT or
/// SCORE and, like every std::string_view of a verdict, text that lives as long as the program.
struct EmailEvidence {
  std::string_view step;
  std::string host;
  int code = 0;               ///< SMTP reply code; 0 where there is none.
  std::string enhanced_code;  ///< RFC 3463, `5.1.1`.
  std::string text;
  absl::Duration elapsed = absl::ZeroDuration();
  bool cached = false;
  std::string source;  ///< The list or host that says so.
};

/// What is known of one address. The FAST rules fill it; checks that use the network add reasons, flags and
/// evidence and call Decide() again. A plain value.
struct EmailVerdict {
  EmailStatus status = EmailStatus::kUnknown;
  std::string_view reason = email_reason::kMailboxNotChecked;  ///< The weightiest of `reasons`.
  absl::InlinedVector<std::string_view, 4> reasons;
  int score = 0;          ///< 0 to 100, by the table of score.h.
  double confidence = 0;  ///< In the status, 0 to 1.
  EmailAddress address;   ///< Empty after a fault of syntax.
  std::optional<EmailSuggestion> did_you_mean;
  EmailFlags flags;
  std::vector<EmailEvidence> evidence;
  std::string data_version;
  bool mail_host = false;       ///< The DNS names a host that takes mail for the domain.
  bool spf_denies_all = false;  ///< The domain says that no host sends mail for it.

  bool Has(std::string_view wanted) const;
};

/// Sets `status`, `reason`, `confidence` and `score` from `reasons`, `flags` and `did_you_mean`. Without a
/// reason the verdict is UNKNOWN with MAILBOX_NOT_CHECKED.
void Decide(EmailVerdict& verdict);

}  // namespace limpid::quality

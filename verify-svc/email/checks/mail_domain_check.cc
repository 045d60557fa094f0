#include "verify-svc/email/checks/mail_domain_check.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "libs/base/strings.h"
#include "libs/quality/email/verdict.h"
#include "libs/quality/reasons.h"

namespace limpid::verify {
namespace {

namespace word = quality::email_reason;
using quality::EmailVerdict;

constexpr std::size_t kMaxEvidenceText = 512;
// Failures are kept so long: sooner the answer would be the same.
constexpr absl::Duration kRetryAfter = absl::Seconds(30);
// Who has a mail host can be meant: most of what is typed by mistake has none.
constexpr double kTypoWithMailHost = 0.9;
constexpr double kTypoWithoutMailHost = 0.95;

/// What a state of a domain means for its addresses.
struct Meaning {
  std::string_view reason;  ///< Empty: none.
  std::string_view text;    ///< For the evidence.
};

Meaning MeaningOf(const MailDomain& mail) {
  switch (mail.state) {
    case MailDomainState::kHasHosts:
      return {{}, mail.implicit_mx ? "No MX; mail goes to the address of the domain" : "MX"};
    case MailDomainState::kNullMx:
      return {word::kNullMx, "Null MX (RFC 7505)"};
    case MailDomainState::kNotFound:
      return {word::kDomainNotFound, "NXDOMAIN"};
    case MailDomainState::kNoMailHost:
      return {word::kNoMailHost, "Neither MX nor address"};
    case MailDomainState::kUnroutable:
      return {word::kUnroutableMx, "No mail host with a public address"};
    case MailDomainState::kTimeout:
      return {word::kDnsTimeout, "No answer in time"};
    case MailDomainState::kError:
      return {word::kDnsError, "The DNS answered with a failure"};
    case MailDomainState::kDoubted:
      return {word::kDnsError,
              "The DNS knows no mail host, but does not know well-known providers either: not believed"};
  }
  return {word::kDnsError, {}};
}

bool IsAnswered(const MailDomain& mail) {
  return mail.state != MailDomainState::kTimeout && mail.state != MailDomainState::kError &&
         mail.state != MailDomainState::kDoubted;
}

quality::EmailEvidence EvidenceOf(const MailDomain& mail, std::string_view text) {
  quality::EmailEvidence evidence{
      .step = "DNS", .text = std::string(text), .elapsed = mail.elapsed, .cached = mail.cached};
  if (!mail.hosts.empty()) evidence.host = mail.hosts.front().name;
  if (!mail.hosts.empty() && !mail.implicit_mx) {
    for (const MailHost& host : mail.hosts) StrAppend(evidence.text, " ", host.preference, " ", host.name);
  }
  if (mail.spf_denies_all) evidence.text += "; v=spf1 -all";
  evidence.text.resize(std::min(evidence.text.size(), kMaxEvidenceText));
  return evidence;
}

// A name that exists is less likely to be a slip, one that does not all the more.
void WeighTypo(bool has_mail_host, EmailVerdict& verdict) {
  if (!verdict.did_you_mean || verdict.did_you_mean->kind == quality::SuggestionKind::kLocalPart) return;
  double& confidence = verdict.did_you_mean->confidence;
  confidence = has_mail_host ? confidence * kTypoWithMailHost : std::max(confidence, kTypoWithoutMailHost);
}

}  // namespace

void MailDomainCheck::Run(const Call& call, EmailCases& cases, Finished finished) {
  lookup_.Find(
      call, cases.domain,
      [this, call, &cases, finished = std::move(finished)](absl::StatusOr<MailDomain> found) mutable {
        cases.mail = found.ok() ? *std::move(found) : MailDomain{.state = MailDomainState::kTimeout};
        const MailDomain& mail = *cases.mail;
        Meaning meaning = MeaningOf(mail);
        const bool answered = IsAnswered(mail);
        if (mail.state == MailDomainState::kTimeout && call.Expired(clock_))
          meaning.reason = word::kBudgetSpent;
        for (EmailAnswer& answer : cases.answers) {
          EmailVerdict& verdict = answer.verdict;
          if (!meaning.reason.empty()) verdict.reasons.push_back(meaning.reason);
          verdict.evidence.push_back(EvidenceOf(mail, meaning.text));
          verdict.mail_host = mail.state == MailDomainState::kHasHosts;
          verdict.spf_denies_all = mail.spf_denies_all;
          verdict.flags.null_mx = mail.state == MailDomainState::kNullMx;
          verdict.flags.implicit_mx = mail.implicit_mx;
          if (answered) {
            WeighTypo(verdict.mail_host, verdict);
            answer.depth_reached = Depth::kStandard;
          } else {
            answer.retry_time = clock_.Now() + kRetryAfter;
          }
        }
        finished();
      });
}

}  // namespace limpid::verify

#include "libs/quality/email/verdict.h"

#include <algorithm>

#include "libs/quality/email/score.h"

namespace limpid::quality {
namespace {

/// How sure a reason makes us of the status: a broken rule and a refusal are facts, a list is somebody's
/// opinion.
double ConfidenceOf(const EmailVerdict& verdict) {
  if (verdict.reason == email_reason::kDomainTypo && verdict.did_you_mean)
    return verdict.did_you_mean->confidence;
  if (verdict.reason == email_reason::kMailboxNotFound || verdict.reason == email_reason::kMailboxDisabled ||
      verdict.reason == email_reason::kMailboxExists) {
    return 0.95;
  }
  if (verdict.reason == email_reason::kRole) return 0.8;
  switch (verdict.status) {
    case EmailStatus::kUndeliverable:
      return 1;
    case EmailStatus::kRisky:
      return 0.9;
    case EmailStatus::kDeliverable:
    case EmailStatus::kUnknown:
      return 0.5;
  }
  return 0;
}

}  // namespace

std::string_view Name(EmailStatus status) {
  switch (status) {
    case EmailStatus::kDeliverable:
      return "DELIVERABLE";
    case EmailStatus::kRisky:
      return "RISKY";
    case EmailStatus::kUndeliverable:
      return "UNDELIVERABLE";
    case EmailStatus::kUnknown:
      return "UNKNOWN";
  }
  return "UNKNOWN";
}

std::string_view Name(SuggestionKind kind) {
  switch (kind) {
    case SuggestionKind::kDomain:
      return "DOMAIN";
    case SuggestionKind::kTld:
      return "TLD";
    case SuggestionKind::kLocalPart:
      return "LOCAL_PART";
  }
  return "DOMAIN";
}

std::string_view Name(Ternary value) {
  switch (value) {
    case Ternary::kYes:
      return "YES";
    case Ternary::kNo:
      return "NO";
    case Ternary::kUnknown:
      return "UNKNOWN";
  }
  return "UNKNOWN";
}

bool EmailVerdict::Has(std::string_view wanted) const {
  return std::find(reasons.begin(), reasons.end(), wanted) != reasons.end();
}

void Decide(EmailVerdict& verdict) {
  // An earlier round's word for "nothing found" is not a finding.
  verdict.reasons.erase(
      std::remove(verdict.reasons.begin(), verdict.reasons.end(), email_reason::kMailboxNotChecked),
      verdict.reasons.end());
  auto weightiest = kEmailReasons.end();
  for (const std::string_view word : verdict.reasons) {
    // Only what outweighs the best so far is looked at; a word of another list changes nothing.
    weightiest = std::find_if(kEmailReasons.begin(), weightiest,
                              [word](const EmailReason& reason) { return reason.word == word; });
  }
  if (weightiest != kEmailReasons.end()) {
    verdict.status = weightiest->status;
    verdict.reason = weightiest->word;
  } else {
    verdict.status = EmailStatus::kUnknown;
    verdict.reason = email_reason::kMailboxNotChecked;
    verdict.reasons.push_back(verdict.reason);
  }
  verdict.confidence = ConfidenceOf(verdict);
  verdict.score = ScoreOf(verdict).points;
}

}  // namespace limpid::quality

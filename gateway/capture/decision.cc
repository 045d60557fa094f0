#include "gateway/capture/decision.h"

#include <algorithm>
#include <array>

namespace limpid::gateway {
namespace {

constexpr std::string_view kEmail = "email";
constexpr std::string_view kPhone = "phone";
constexpr std::string_view kDomainTypo = "DOMAIN_TYPO";

// Phones that a person has to look at: nobody answers there.
constexpr std::array<std::string_view, 3> kReviewedPhones = {"PLACEHOLDER", "FICTIONAL", "UNASSIGNED"};
// Marks that do not stop a capture, and that whoever calls the number wants to know.
constexpr std::array<std::string_view, 6> kNotedFlags = {"PREMIUM",   "SHARED_COST", "SHORT_CODE",
                                                         "EMERGENCY", "TEMPORARY",   "CANVASSING"};

bool Decides(const std::optional<SuggestedValue>& suggestion) {
  return suggestion && suggestion->confidence >= kSuggestFrom;
}

std::string_view ValueOf(const std::optional<SuggestedValue>& suggestion) {
  return suggestion ? suggestion->value : std::string_view();
}

// A typo of a well-known provider stays a typo even where a list calls the typed domain disposable.
bool IsDisposable(const EmailFacts& email) { return email.disposable && email.reason != kDomainTypo; }

std::string_view ReviewReason(const PhoneFacts& phone) {
  for (const std::string_view reviewed : kReviewedPhones) {
    if (std::ranges::find(phone.flags, reviewed) != phone.flags.end() ||
        std::ranges::find(phone.reasons, reviewed) != phone.reasons.end()) {
      return reviewed;
    }
  }
  return {};
}

void FindInEmail(const EmailFacts& email, std::vector<FoundFact>& findings) {
  const std::string_view suggestion = ValueOf(email.suggestion);
  if (email.undeliverable) {
    findings.push_back({kEmail, Severity::kError, email.reason, suggestion});
  } else if (Decides(email.suggestion)) {
    findings.push_back({kEmail, Severity::kWarning, email.suggestion->reason, suggestion});
  } else if (IsDisposable(email)) {
    findings.push_back({kEmail, Severity::kWarning, "DISPOSABLE", suggestion});
  } else if (email.risky || email.suggestion) {
    findings.push_back(
        {kEmail, Severity::kInfo, email.risky ? email.reason : email.suggestion->reason, suggestion});
  }
}

// Why a proposal was made says more than which rule of the plan was broken.
std::string_view InvalidReason(const PhoneFacts& phone) {
  if (phone.suggestion && !phone.suggestion->reason.empty()) return phone.suggestion->reason;
  return phone.reasons.empty() ? std::string_view("NOT_A_NUMBER") : phone.reasons.front();
}

void FindInPhone(const PhoneFacts& phone, std::vector<FoundFact>& findings) {
  const std::string_view suggestion = ValueOf(phone.suggestion);
  if (phone.invalid) {
    findings.push_back({kPhone, Severity::kError, InvalidReason(phone), suggestion});
  } else if (const std::string_view reviewed = ReviewReason(phone); !reviewed.empty()) {
    findings.push_back({kPhone, Severity::kWarning, reviewed, suggestion});
  } else if (phone.suggestion) {
    findings.push_back({kPhone, Decides(phone.suggestion) ? Severity::kWarning : Severity::kInfo,
                        phone.suggestion->reason, suggestion});
  }
  for (const std::string_view flag : phone.flags) {
    if (std::ranges::find(kNotedFlags, flag) == kNotedFlags.end()) continue;
    findings.push_back({kPhone, Severity::kInfo, flag, {}});
  }
}

CaptureDecision DecideTyped(const CaptureFacts& facts) {
  const auto& [email, phone, known, known_review] = facts;
  if ((email && Decides(email->suggestion)) || (phone && Decides(phone->suggestion))) {
    return CaptureDecision::kSuggest;
  }
  if ((email && email->undeliverable) || (phone && phone->invalid)) return CaptureDecision::kReject;
  if ((email && IsDisposable(*email)) || (phone && !ReviewReason(*phone).empty()))
    return CaptureDecision::kReview;
  return CaptureDecision::kAccept;
}

}  // namespace

CaptureJudgement Judge(const CaptureFacts& facts) {
  CaptureJudgement judgement;
  judgement.typed = DecideTyped(facts);
  judgement.decision = judgement.typed;
  if (judgement.decision == CaptureDecision::kAccept && facts.known_review) {
    judgement.decision = CaptureDecision::kReview;
  }
  if (facts.email) FindInEmail(*facts.email, judgement.findings);
  if (facts.phone) FindInPhone(*facts.phone, judgement.findings);
  if (facts.known_review) {
    judgement.findings.push_back({"", Severity::kWarning, "MATCH_TO_REVIEW", {}});
  } else if (facts.known) {
    judgement.findings.push_back({"", Severity::kInfo, "ALREADY_KNOWN", {}});
  }
  return judgement;
}

}  // namespace limpid::gateway

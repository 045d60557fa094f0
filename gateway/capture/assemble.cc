#include "gateway/capture/assemble.h"

#include <algorithm>
#include <utility>

#include "gateway/capture/decision.h"
#include "gateway/capture/missing_email.h"
#include "gateway/capture/missing_phone.h"

namespace limpid::gateway {
namespace {

using type::v1::Depth;
using type::v1::EmailStatus;
using type::v1::PhoneStatus;

constexpr size_t kMaxStoredEmail = 320;
constexpr size_t kMaxStoredPhone = 64;

/// Why a part is missing, in the words of `incomplete`.
std::string_view MissingReason(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
      return "BUDGET_SPENT";
    case absl::StatusCode::kResourceExhausted:
      return "RATE_LIMITED";
    case absl::StatusCode::kPermissionDenied:
      return "NOT_ALLOWED";
    default:
      return "SERVICE_UNAVAILABLE";
  }
}

void AddMissing(std::string_view part, std::string_view reason, v1::CheckResponse& response) {
  v1::Incomplete& incomplete = *response.add_incomplete();
  incomplete.set_part(std::string(part));
  incomplete.set_reason(std::string(reason));
}

/// The deepest depth that is offered for anything that was given.
Depth::Value DepthOffered(const verify::v1::VerifyPersonResponse& verdicts,
                          const v1::CheckResponse& response) {
  Depth::Value deepest = Depth::FAST;
  if (response.has_email()) deepest = std::max(deepest, verdicts.depth_offered());
  if (response.has_phone()) deepest = std::max(deepest, verdicts.phone_depth_offered());
  return deepest;
}

void AddUnreachedDepth(const v1::CheckRequest& request, const verify::v1::VerifyPersonResponse& verdicts,
                       v1::CheckResponse& response) {
  if (response.has_email()) {
    for (const MissingPart& missing :
         MissingEmailParts(request.depth(), verdicts.depth_offered(), response.email())) {
      AddMissing(missing.part, missing.reason, response);
    }
  }
  if (response.has_phone()) {
    if (const auto missing =
            MissingPhonePart(request.depth(), verdicts.phone_depth_offered(), response.phone())) {
      AddMissing(missing->part, missing->reason, response);
    }
  }
}

EmailFacts FactsOf(const verify::v1::EmailVerdict& verdict) {
  EmailFacts facts;
  facts.undeliverable = verdict.status() == EmailStatus::UNDELIVERABLE;
  facts.risky = verdict.status() == EmailStatus::RISKY;
  facts.disposable = verdict.flags().disposable();
  facts.reason = verdict.reason();
  if (verdict.has_did_you_mean()) {
    const verify::v1::EmailSuggestion& meant = verdict.did_you_mean();
    std::string_view reason = "DOMAIN_TYPO";
    if (meant.kind() == verify::v1::EmailSuggestion::Kind::TLD) reason = "TLD_TYPO";
    if (meant.kind() == verify::v1::EmailSuggestion::Kind::LOCAL_PART) reason = "LOCAL_PART_TYPO";
    facts.suggestion = SuggestedValue{meant.email(), reason, meant.confidence()};
  }
  return facts;
}

PhoneFacts FactsOf(const verify::v1::PhoneVerdict& verdict) {
  PhoneFacts facts;
  facts.invalid = verdict.status() == PhoneStatus::INVALID;
  facts.reasons.assign(verdict.reasons().begin(), verdict.reasons().end());
  facts.flags.assign(verdict.flags().begin(), verdict.flags().end());
  if (verdict.suggestions_size() > 0) {
    const verify::v1::PhoneSuggestion& best = verdict.suggestions(0);
    facts.suggestion = SuggestedValue{best.e164(), best.reason(), best.confidence()};
  }
  return facts;
}

// The request as it was understood: what would be stored, and what was assumed where it said nothing.
void Normalize(Depth::Value offered, std::string_view language, v1::CheckResponse& response) {
  v1::CheckRequest& normalized = *response.mutable_normalized();
  normalized.set_depth(std::max(Depth::FAST, std::min(normalized.depth(), offered)));
  normalized.set_language_code(std::string(language));
  if (response.has_email() && !response.email().normalized().empty()) {
    normalized.set_email(response.email().normalized());
  }
  if (response.has_phone() && !response.phone().e164().empty()) normalized.set_phone(response.phone().e164());
}

v1::Decision::Value OnTheWire(CaptureDecision decision) {
  switch (decision) {
    case CaptureDecision::kAccept:
      return v1::Decision::ACCEPT;
    case CaptureDecision::kSuggest:
      return v1::Decision::SUGGEST;
    case CaptureDecision::kReview:
      return v1::Decision::REVIEW;
    case CaptureDecision::kReject:
      return v1::Decision::REJECT;
  }
  return v1::Decision::ACCEPT;
}

v1::Finding::Severity::Value OnTheWire(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return v1::Finding::Severity::INFO;
    case Severity::kWarning:
      return v1::Finding::Severity::WARNING;
    case Severity::kError:
      return v1::Finding::Severity::ERROR;
  }
  return v1::Finding::Severity::INFO;
}

void TakeVerdicts(CaptureAnswers& answers, CaptureFacts& facts, v1::CheckResponse& response) {
  const v1::CheckRequest& request = response.normalized();
  if (!answers.verdicts.status.ok()) {
    const std::string_view reason = MissingReason(answers.verdicts.status);
    if (!request.email().empty()) AddMissing("EMAIL", reason, response);
    if (!request.phone().empty()) AddMissing("PHONE", reason, response);
    return;
  }
  verify::v1::VerifyPersonResponse& verdicts = *answers.verdicts.response;
  if (verdicts.has_email()) {
    response.mutable_email()->Swap(verdicts.mutable_email());
    facts.email = FactsOf(response.email());
  }
  if (verdicts.has_phone()) {
    response.mutable_phone()->Swap(verdicts.mutable_phone());
    facts.phone = FactsOf(response.phone());
  }
  AddUnreachedDepth(request, verdicts, response);
}

void TakeMatches(CaptureAnswers& answers, CaptureFacts& facts, v1::CheckResponse& response) {
  if (!answers.matches_wanted) return;
  if (!answers.matches.status.ok()) {
    return AddMissing("MATCHES", MissingReason(answers.matches.status), response);
  }
  response.mutable_matches()->Swap(answers.matches.response->mutable_matches());
  for (const contact::v1::Match& match : response.matches()) {
    facts.known |= match.decision() == contact::v1::Match::Decision::SAME;
    facts.known_review |= match.decision() == contact::v1::Match::Decision::REVIEW;
  }
}

void TakeCompletions(CaptureAnswers& answers, v1::CheckResponse& response) {
  if (!answers.completions.status.ok()) {
    return AddMissing("COMPLETIONS", MissingReason(answers.completions.status), response);
  }
  enrich::v1::PreviewEnrichmentResponse& completions = *answers.completions.response;
  response.mutable_completions()->Swap(completions.mutable_completions());
  if (completions.unreachable_size() > 0) AddMissing("COMPLETIONS", "SERVICE_UNAVAILABLE", response);
}

}  // namespace

CaptureAnswers::CaptureAnswers(google::protobuf::Arena& arena) {
  using google::protobuf::Arena;
  verdicts.response = Arena::CreateMessage<verify::v1::VerifyPersonResponse>(&arena);
  matches.response = Arena::CreateMessage<contact::v1::FindMatchesResponse>(&arena);
  completions.response = Arena::CreateMessage<enrich::v1::PreviewEnrichmentResponse>(&arena);
}

CaptureDecision Assemble(CaptureAnswers& answers, const MessageCatalogue& messages, std::string_view language,
                         v1::CheckResponse& response) {
  CaptureFacts facts;
  TakeVerdicts(answers, facts, response);
  TakeMatches(answers, facts, response);
  TakeCompletions(answers, response);
  const CaptureJudgement judgement = Judge(facts);
  response.set_decision(OnTheWire(judgement.decision));
  for (const FoundFact& found : judgement.findings) {
    v1::Finding& finding = *response.add_findings();
    finding.set_field(std::string(found.field));
    finding.set_severity(OnTheWire(found.severity));
    finding.set_reason(std::string(found.reason));
    finding.set_suggestion(std::string(found.suggestion));
    finding.set_message(messages.Message(language, found.field, found.reason, found.suggestion));
  }
  Normalize(DepthOffered(*answers.verdicts.response, response), language, response);
  return judgement.typed;
}

std::string RegionOf(const v1::CheckRequest& request, const TenantDefaults& defaults) {
  if (!request.default_region().empty()) return request.default_region();
  if (!request.postal_address().region_code().empty()) return request.postal_address().region_code();
  return defaults.region;
}

verify::v1::VerifyPersonRequest VerifyRequestOf(const v1::CheckRequest& request, const std::string& region,
                                                const TenantDefaults& defaults) {
  verify::v1::VerifyPersonRequest ask;
  ask.set_email(request.email());
  ask.set_phone(request.phone());
  ask.set_default_region(region);
  ask.set_depth(request.depth());
  const std::string& home = request.postal_address().region_code();
  if (home != region) ask.set_home_region(home);
  if (defaults.region != region) ask.set_usual_region(defaults.region);
  return ask;
}

contact::v1::FindMatchesRequest MatchRequestOf(const v1::CheckRequest& request, const std::string& region) {
  contact::v1::FindMatchesRequest ask;
  // What is longer than any stored value matches nobody.
  if (request.email().size() <= kMaxStoredEmail) ask.set_email(request.email());
  if (request.phone().size() <= kMaxStoredPhone) ask.set_phone(request.phone());
  ask.set_default_region(region);
  ask.set_given_name(request.given_name());
  ask.set_family_name(request.family_name());
  return ask;
}

enrich::v1::PreviewEnrichmentRequest PreviewRequestOf(const v1::CheckRequest& request,
                                                      const std::string& region) {
  enrich::v1::PreviewEnrichmentRequest ask;
  ask.set_email(request.email());
  ask.set_phone(request.phone());
  ask.set_default_region(region);
  if (request.has_postal_address()) *ask.mutable_postal_address() = request.postal_address();
  ask.set_company(request.company());
  return ask;
}

void SetDuration(absl::Duration from, google::protobuf::Duration& to) {
  const int64_t seconds = absl::ToInt64Seconds(from);
  to.set_seconds(seconds);
  to.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(from - absl::Seconds(seconds))));
}

}  // namespace limpid::gateway

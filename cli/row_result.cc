#include "cli/row_result.h"

#include <algorithm>

#include "libs/base/error.h"
#include "libs/base/strings.h"

namespace limpid::cli {
namespace {

RowOutcome OutcomeOf(gateway::v1::Decision::Value decision) {
  switch (decision) {
    case gateway::v1::Decision::ACCEPT:
      return RowOutcome::kAccept;
    case gateway::v1::Decision::SUGGEST:
      return RowOutcome::kSuggest;
    case gateway::v1::Decision::REVIEW:
      return RowOutcome::kReview;
    case gateway::v1::Decision::REJECT:
      return RowOutcome::kReject;
    default:
      return RowOutcome::kFailed;
  }
}

}  // namespace

std::string_view OutcomeWord(RowOutcome outcome) {
  switch (outcome) {
    case RowOutcome::kAccept:
      return "ACCEPT";
    case RowOutcome::kSuggest:
      return "SUGGEST";
    case RowOutcome::kReview:
      return "REVIEW";
    case RowOutcome::kReject:
      return "REJECT";
    case RowOutcome::kEmpty:
      return "EMPTY";
    case RowOutcome::kRagged:
      return "RAGGED";
    case RowOutcome::kRefused:
      return "REFUSED";
    case RowOutcome::kFailed:
      return "NOT_CHECKED";
  }
  return "";
}

RowResult ResultOf(const gateway::v1::CheckResponse& response) {
  RowResult result{.outcome = OutcomeOf(response.decision())};
  for (const gateway::v1::Finding& finding : response.findings()) {
    result.reasons.push_back(StrCat(finding.field(), ":", finding.reason()));
    if (!finding.suggestion().empty()) result.suggestions.push_back(finding.suggestion());
  }
  result.email = response.email().normalized();
  result.phone = response.phone().e164();
  result.known = std::ranges::any_of(response.matches(), [](const contact::v1::Match& match) {
    return match.decision() == contact::v1::Match::Decision::SAME ||
           match.decision() == contact::v1::Match::Decision::REVIEW;
  });
  return result;
}

RowResult ResultOf(const absl::Status& error) {
  if (error.code() != absl::StatusCode::kInvalidArgument) {
    const std::string reason = ReasonOf(error);
    return {.outcome = RowOutcome::kFailed,
            .reasons = {reason.empty() ? std::string(absl::StatusCodeToString(error.code())) : reason}};
  }
  RowResult result{.outcome = RowOutcome::kRefused};
  for (const FieldViolation& violation : DetailsOf(error).violations) {
    result.reasons.push_back(StrCat(violation.field, ":", violation.reason));
  }
  return result;
}

}  // namespace limpid::cli

#include "cli/row_result.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid::cli {
namespace {

using gateway::v1::CheckResponse;
using gateway::v1::Decision;
using ::testing::ElementsAre;

TEST(RowResult, KeepsWhatTheAnswerSays) {
  CheckResponse response;
  response.set_decision(Decision::SUGGEST);
  auto* typo = response.add_findings();
  typo->set_field("email");
  typo->set_reason("DOMAIN_TYPO");
  typo->set_suggestion("jean@gmail.com");
  auto* role = response.add_findings();
  role->set_field("phone");
  role->set_reason("TOO_SHORT");
  response.mutable_email()->set_normalized("jean@gmial.com");
  response.mutable_phone()->set_e164("+33612345678");
  response.add_matches()->set_decision(contact::v1::Match::Decision::REVIEW);

  const RowResult result = ResultOf(response);
  EXPECT_EQ(result.outcome, RowOutcome::kSuggest);
  EXPECT_THAT(result.reasons, ElementsAre("email:DOMAIN_TYPO", "phone:TOO_SHORT"));
  EXPECT_THAT(result.suggestions, ElementsAre("jean@gmail.com"));
  EXPECT_EQ(result.email, "jean@gmial.com");
  EXPECT_EQ(result.phone, "+33612345678");
  EXPECT_TRUE(result.known);
}

TEST(RowResult, HasAnOutcomeForEachDecision) {
  const std::pair<Decision::Value, RowOutcome> outcomes[] = {
      {Decision::ACCEPT, RowOutcome::kAccept},
      {Decision::SUGGEST, RowOutcome::kSuggest},
      {Decision::REVIEW, RowOutcome::kReview},
      {Decision::REJECT, RowOutcome::kReject},
      {Decision::DECISION_UNSPECIFIED, RowOutcome::kFailed}};
  for (const auto& [decision, outcome] : outcomes) {
    CheckResponse response;
    response.set_decision(decision);
    EXPECT_EQ(ResultOf(response).outcome, outcome);
  }
}

TEST(RowResult, DoesNotCallADifferentPersonKnown) {
  CheckResponse response;
  response.add_matches()->set_decision(contact::v1::Match::Decision::DIFFERENT);
  EXPECT_FALSE(ResultOf(response).known);
}

TEST(RowResult, TellsAFaultyRowFromAGatewayThatFailed) {
  const RowResult refused = ResultOf(InvalidField("email", "TOO_LONG", "At most 1,024 characters."));
  EXPECT_EQ(refused.outcome, RowOutcome::kRefused);
  EXPECT_THAT(refused.reasons, ElementsAre("email:TOO_LONG"));
  const RowResult failed = ResultOf(DeadlineExceeded());
  EXPECT_EQ(failed.outcome, RowOutcome::kFailed);
  EXPECT_THAT(failed.reasons, ElementsAre("DEADLINE_EXCEEDED"));
  EXPECT_THAT(ResultOf(absl::InternalError("")).reasons, ElementsAre("INTERNAL"));
}

}  // namespace
}  // namespace limpid::cli

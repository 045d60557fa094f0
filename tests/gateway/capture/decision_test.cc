#include "gateway/capture/decision.h"

#include <gmock/gmock.h>

namespace limpid::gateway {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

CaptureFacts Email(EmailFacts email) {
  CaptureFacts facts;
  facts.email = std::move(email);
  return facts;
}

CaptureFacts Phone(PhoneFacts phone) {
  CaptureFacts facts;
  facts.phone = std::move(phone);
  return facts;
}

const SuggestedValue kSure = {"jean@gmail.com", "DOMAIN_TYPO", 0.95};
const SuggestedValue kUnsure = {"jean@gmail.com", "DOMAIN_TYPO", 0.6};

TEST(Decision, NothingKnownIsNeverHeldAgainstThePerson) {
  const CaptureJudgement judgement = Judge({});
  EXPECT_EQ(judgement.decision, CaptureDecision::kAccept);
  EXPECT_THAT(judgement.findings, IsEmpty());
}

TEST(Decision, SureSuggestionOutranksARejection) {
  const CaptureJudgement judgement =
      Judge(Email({.undeliverable = true, .reason = "SYNTAX", .suggestion = kSure}));
  EXPECT_EQ(judgement.decision, CaptureDecision::kSuggest);
  EXPECT_THAT(judgement.findings,
              ElementsAre(testing::AllOf(Field(&FoundFact::severity, Severity::kError),
                                         Field(&FoundFact::suggestion, "jean@gmail.com"))));
}

TEST(Decision, UnsureSuggestionIsShownAndDecidesNothing) {
  const CaptureJudgement judgement = Judge(Email({.reason = "MAILBOX_NOT_CHECKED", .suggestion = kUnsure}));
  EXPECT_EQ(judgement.decision, CaptureDecision::kAccept);
  EXPECT_THAT(judgement.findings, ElementsAre(Field(&FoundFact::severity, Severity::kInfo)));
}

TEST(Decision, PositiveEvidenceRejects) {
  EXPECT_EQ(Judge(Email({.undeliverable = true, .reason = "SYNTAX"})).decision, CaptureDecision::kReject);
  EXPECT_EQ(Judge(Phone({.invalid = true, .reasons = {"TOO_SHORT"}})).decision, CaptureDecision::kReject);
}

TEST(Decision, DisposablePlaceholderAndFictionalAreReviewed) {
  EXPECT_EQ(Judge(Email({.risky = true, .disposable = true, .reason = "DISPOSABLE"})).decision,
            CaptureDecision::kReview);
  EXPECT_EQ(Judge(Phone({.flags = {"PLACEHOLDER"}})).decision, CaptureDecision::kReview);
  EXPECT_EQ(Judge(Phone({.reasons = {"FICTIONAL"}})).decision, CaptureDecision::kReview);
}

TEST(Decision, ANumberThatNobodyHasIsReviewedAndNotRejectedForOperatorsErr) {
  const CaptureJudgement judgement = Judge(Phone({.reasons = {"UNASSIGNED"}}));
  EXPECT_EQ(judgement.decision, CaptureDecision::kReview);
  EXPECT_THAT(judgement.findings, ElementsAre(Field(&FoundFact::reason, "UNASSIGNED")));
}

TEST(Decision, ARejectedPhoneIsExplainedByWhatIsProposedForIt) {
  const PhoneFacts unread = {.invalid = true, .reasons = {"NOT_A_NUMBER", "CONFUSABLE"}};
  EXPECT_THAT(Judge(Phone(unread)).findings, ElementsAre(Field(&FoundFact::reason, "NOT_A_NUMBER")));
  PhoneFacts understood = unread;
  understood.suggestion = SuggestedValue{"+33612345678", "CONFUSABLE", 0.95};
  EXPECT_THAT(Judge(Phone(understood)).findings,
              ElementsAre(testing::AllOf(Field(&FoundFact::reason, "CONFUSABLE"),
                                         Field(&FoundFact::suggestion, "+33612345678"))));
}

TEST(Decision, TypoOfAKnownProviderStaysATypoWhereAListCallsItDisposable) {
  const auto facts = Email({.risky = true, .disposable = true, .reason = "DOMAIN_TYPO", .suggestion = kSure});
  EXPECT_EQ(Judge(facts).decision, CaptureDecision::kSuggest);
  EXPECT_THAT(Judge(facts).findings, ElementsAre(Field(&FoundFact::reason, "DOMAIN_TYPO")));
}

TEST(Decision, RoleAndCatchAllAreAccepted) {
  for (const std::string_view reason : {"ROLE", "CATCH_ALL", "ALIAS_RELAY"}) {
    const CaptureJudgement judgement = Judge(Email({.risky = true, .reason = reason}));
    EXPECT_EQ(judgement.decision, CaptureDecision::kAccept) << reason;
    EXPECT_THAT(judgement.findings, ElementsAre(Field(&FoundFact::severity, Severity::kInfo)));
  }
}

TEST(Decision, AMatchToReviewIsNoFaultOfWhatWasTyped) {
  CaptureFacts facts;
  facts.email = EmailFacts{.reason = "MAILBOX_NOT_CHECKED"};
  facts.known_review = true;
  EXPECT_EQ(Judge(facts).decision, CaptureDecision::kReview);
  EXPECT_EQ(Judge(facts).typed, CaptureDecision::kAccept);
  EXPECT_THAT(Judge(facts).findings, ElementsAre(Field(&FoundFact::reason, "MATCH_TO_REVIEW")));
}

TEST(Decision, DearNumbersAreNotedAndAccepted) {
  const CaptureJudgement judgement = Judge(Phone({.flags = {"PREMIUM", "VOIP"}}));
  EXPECT_EQ(judgement.decision, CaptureDecision::kAccept);
  EXPECT_THAT(judgement.findings, ElementsAre(Field(&FoundFact::reason, "PREMIUM")));
}

}  // namespace
}  // namespace limpid::gateway

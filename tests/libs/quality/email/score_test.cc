#include "libs/quality/email/score.h"

#include <gmock/gmock.h>

namespace limpid::quality {
namespace {

int PointsOf(std::initializer_list<std::string_view> reasons, EmailFlags flags = {}) {
  EmailVerdict verdict{.reasons = reasons, .flags = flags};
  Decide(verdict);
  return verdict.score;
}

TEST(Score, AddsTermsAndKeepsToTheSmallestCap) {
  EXPECT_EQ(PointsOf({}), 50);
  EXPECT_EQ(PointsOf({"MAILBOX_EXISTS"}), 95);
  EXPECT_EQ(PointsOf({"MAILBOX_EXISTS", "ROLE"}), 85);
  EXPECT_EQ(PointsOf({"MAILBOX_EXISTS", "CATCH_ALL"}), 70);
  EXPECT_EQ(PointsOf({"MAILBOX_FULL"}), 40);
  EXPECT_EQ(PointsOf({"MAILBOX_EXISTS", "DISPOSABLE"}), 20);
  EXPECT_EQ(PointsOf({"DOMAIN_TYPO"}), 20);
  EXPECT_EQ(PointsOf({"SYNTAX", "AT_MISSING"}), 0);
  EXPECT_EQ(PointsOf({"MAILBOX_NOT_FOUND", "MAILBOX_EXISTS"}), 0);
}

TEST(Score, NamesItsTerms) {
  EmailVerdict verdict{.reasons = {"MAILBOX_EXISTS", "CATCH_ALL"}};
  Decide(verdict);
  const Score score = ScoreOf(verdict);
  ASSERT_EQ(score.terms.size(), 2u);
  EXPECT_EQ(score.terms[0].word, "MAILBOX_EXISTS");
  EXPECT_EQ(score.terms[1].word, "CATCH_ALL");
}

TEST(Score, SaysHowItCameAbout) {
  EmailVerdict verdict{.reasons = {"MAILBOX_EXISTS", "CATCH_ALL"}};
  Decide(verdict);
  EXPECT_EQ(DescribeScore(verdict), "50, MAILBOX_EXISTS +45, CATCH_ALL at most 70");
  EmailVerdict role{.reasons = {"ROLE"}, .flags = {.role = true, .tagged = true}};
  Decide(role);
  EXPECT_EQ(DescribeScore(role), "50, ROLE -10, TAGGED -2");
  EmailVerdict plain;
  Decide(plain);
  EXPECT_EQ(DescribeScore(plain), "") << "as it begins";
}

TEST(Decide, TakesTheWeightiestReason) {
  EmailVerdict verdict{.reasons = {"ROLE", "GREYLISTED", "MAILBOX_EXISTS"}};
  Decide(verdict);
  EXPECT_EQ(verdict.reason, "ROLE");
  EXPECT_EQ(verdict.status, EmailStatus::kRisky);
}

TEST(Decide, ForgetsThatNothingWasCheckedOnceSomethingWas) {
  EmailVerdict verdict;
  Decide(verdict);
  EXPECT_THAT(verdict.reasons, testing::ElementsAre("MAILBOX_NOT_CHECKED"));
  verdict.reasons.push_back("MAILBOX_EXISTS");
  Decide(verdict);
  EXPECT_EQ(verdict.status, EmailStatus::kDeliverable);
  EXPECT_THAT(verdict.reasons, testing::ElementsAre("MAILBOX_EXISTS"));
}

TEST(Reasons, HaveDistinctWordsAndAMeaning) {
  std::vector<std::string_view> words;
  for (const EmailReason& reason : kEmailReasons) {
    words.push_back(reason.word);
    EXPECT_FALSE(reason.meaning.empty()) << reason.word;
  }
  std::sort(words.begin(), words.end());
  EXPECT_EQ(std::adjacent_find(words.begin(), words.end()), words.end());
}

}  // namespace
}  // namespace limpid::quality

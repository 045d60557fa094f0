#include "contact-svc/domain/matching.h"

#include <gmock/gmock.h>

#include "tests/contact-svc/quality.h"

namespace limpid::contact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Contact Person(std::string_view given, std::string_view family) {
  Contact contact;
  contact.given_name = given;
  contact.family_name = family;
  contact.emails = {{.value = "x@example.org", .match_key = "x@example.org"}};
  return contact;
}

TEST(Matching, ASharedAddressIsThePersonWhenTheNamesCanBeOne) {
  const struct {
    const char *given, *family, *known_given, *known_family;
    MatchDecision decision;
  } kCases[] = {
      {"Jean", "Dupont", "Jean", "Dupont", MatchDecision::kSame},
      {"JEAN", "DUPONT", "Jean", "Dupont", MatchDecision::kSame},
      {"", "", "Jean", "Dupont", MatchDecision::kSame},
      {"Jean", "Dupont", "", "", MatchDecision::kSame},
      {"Bob", "Martin", "Robert", "Martin", MatchDecision::kSame},
      {"Mathieu", "Petit", "Matthieu", "Petit", MatchDecision::kSame},
      {"Dupont", "Jean", "Jean", "Dupont", MatchDecision::kSame},
      {"Sylvie", "Dupont", "Jean", "Dupont", MatchDecision::kReview},
      {"Jean", "Martin", "Paul", "Dupont", MatchDecision::kReview},
      {"Louise", "Dupont", "Louis", "Dupont", MatchDecision::kReview},
  };
  for (const auto& row : kCases) {
    const Match match = Judge(Person(row.given, row.family), Person(row.known_given, row.known_family),
                              *TestForms().given_names());
    EXPECT_EQ(match.decision, row.decision) << row.given << " " << row.family << " / " << row.known_given;
    if (row.decision == MatchDecision::kSame) {
      EXPECT_THAT(match.guards, IsEmpty());
      EXPECT_GT(match.probability, 0.5);
    } else {
      EXPECT_THAT(match.guards, ElementsAre("NAME_CONFLICT"));
    }
  }
}

TEST(Matching, TheWaterfallSaysWhatSpokeForAndAgainst) {
  const Match match = Judge(Person("Sylvie", "Dupont"), Person("Jean", "Dupont"), *TestForms().given_names());
  ASSERT_EQ(match.waterfall.size(), 3u);
  EXPECT_EQ(match.waterfall[0].field, "email");
  EXPECT_EQ(match.waterfall[0].level, "EXACT");
  EXPECT_GT(match.waterfall[0].weight, 0);
  EXPECT_EQ(match.waterfall[1].field, "given_name");
  EXPECT_EQ(match.waterfall[1].level, "CONFLICT");
  EXPECT_EQ(match.waterfall[1].left, "Sylvie");
  EXPECT_EQ(match.waterfall[1].right, "Jean");
  EXPECT_LT(match.waterfall[1].weight, 0);
  EXPECT_EQ(match.waterfall[2].level, "EXACT");
}

TEST(Matching, NamesThatNobodyGaveSayNothing) {
  const Match match = Judge(Person("", ""), Person("", ""), *TestForms().given_names());
  ASSERT_EQ(match.waterfall.size(), 3u);
  EXPECT_EQ(match.waterfall[1].level, "EMPTY");
  EXPECT_EQ(match.waterfall[1].weight, 0);
  EXPECT_EQ(match.decision, MatchDecision::kSame);
}

TEST(Matching, AnExternalIdIsThePersonWhateverTheName) {
  Contact asked = Person("Sylvie", "Martin");
  Contact known = Person("Jean", "Dupont");
  asked.external_ids = known.external_ids = {{"crm", "1"}};
  const Match match = Judge(asked, known, *TestForms().given_names());
  EXPECT_TRUE(match.by_unique);
  EXPECT_EQ(match.decision, MatchDecision::kSame);
  EXPECT_THAT(match.guards, IsEmpty());
}

TEST(Matching, MoreSharedValuesAreMoreProbable) {
  Contact asked = Person("Jean", "Dupont");
  Contact known = Person("Jean", "Dupont");
  const double by_email = Judge(asked, known, *TestForms().given_names()).probability;
  asked.phones = known.phones = {{.value = "06", .match_key = "+336"}};
  EXPECT_GT(Judge(asked, known, *TestForms().given_names()).probability, by_email);
}

TEST(Matching, ValuesWithoutANormalFormAgreeWithNothing) {
  Contact asked;
  asked.emails = {{.value = "?"}};
  const Match match = Judge(asked, asked, *TestForms().given_names());
  for (const MatchStep& step : match.waterfall) EXPECT_NE(step.field, "email");
}

TEST(Matching, TheSamePersonComesBeforeThoseToReview) {
  std::vector<Match> matches(3);
  matches[0] = {.contact = {.id = ContactId("a")}, .probability = 0.9, .decision = MatchDecision::kReview};
  matches[1] = {.contact = {.id = ContactId("c")}, .probability = 0.5, .decision = MatchDecision::kSame};
  matches[2] = {.contact = {.id = ContactId("b")}, .probability = 0.5, .decision = MatchDecision::kSame};
  SortBestFirst(matches);
  EXPECT_EQ(matches[0].contact.id.value() + matches[1].contact.id.value() + matches[2].contact.id.value(),
            "bca");
}

}  // namespace
}  // namespace limpid::contact

#include "cli/summary.h"

#include <gmock/gmock.h>

namespace limpid::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Summary, FindsDuplicatesByEmailWithoutCaseAndByPhone) {
  Summary summary;
  const auto add = [&](size_t line, const char* email, const char* phone) {
    RowResult result{.outcome = RowOutcome::kAccept, .email = email, .phone = phone};
    summary.Add(line, result);
    return result.duplicate_of;
  };
  EXPECT_EQ(add(2, "jean@example.fr", "+33612345678"), std::nullopt);
  EXPECT_EQ(add(3, "JEAN@example.fr", ""), 2u);
  EXPECT_EQ(add(4, "anne@example.fr", "+33612345678"), 2u);
  EXPECT_EQ(add(5, "anne@example.fr", "+33699999999"), 4u);
  EXPECT_EQ(add(6, "", ""), std::nullopt);
  EXPECT_EQ(add(7, "", ""), std::nullopt);
  EXPECT_EQ(summary.duplicates(), 3u);
}

TEST(Summary, CountsByOutcomeAndReason) {
  Summary summary;
  for (int i = 0; i < 3; ++i) {
    RowResult result{.outcome = RowOutcome::kReject, .reasons = {"email:SYNTAX", "phone:TOO_SHORT"}};
    summary.Add(2, result);
  }
  RowResult known{.outcome = RowOutcome::kAccept, .reasons = {"email:ROLE"}, .known = true};
  summary.Add(5, known);
  EXPECT_EQ(summary.rows(), 4u);
  EXPECT_EQ(summary.Count(RowOutcome::kReject), 3u);
  EXPECT_EQ(summary.known(), 1u);
  EXPECT_EQ(summary.reasons().at("email:SYNTAX"), 3u);
  EXPECT_THAT(summary.Text(),
              AllOf(HasSubstr("4 rows"), HasSubstr("wrong          3  75.0 %"), HasSubstr("email:SYNTAX"),
                    Not(HasSubstr("ragged")), Not(HasSubstr("fewer"))));
}

TEST(Summary, SaysWhichRowsAreOfAnotherShape) {
  Summary summary;
  summary.AddShortRow(12);
  summary.AddShortRow(14);
  RowResult ragged{.outcome = RowOutcome::kRagged};
  summary.Add(20, ragged);
  EXPECT_THAT(summary.Text(), AllOf(HasSubstr("2 with fewer cells than the header, the first on line 12"),
                                    HasSubstr("1 with more cells than the header"), HasSubstr("line 20")));
}

TEST(Summary, IsJsonForPrograms) {
  Summary summary;
  RowResult result{.outcome = RowOutcome::kSuggest, .reasons = {"email:DOMAIN_TYPO"}};
  summary.Add(2, result);
  EXPECT_EQ(
      summary.Json(),
      R"({"rows":1,"valid":0,"suggestion":1,"risky":0,"wrong":0,"empty":0,"ragged":0,"refused":0,)"
      R"("notChecked":0,"alreadyKnown":0,"duplicates":0,"shortRows":0,"reasons":{"email:DOMAIN_TYPO":1}})");
}

}  // namespace
}  // namespace limpid::cli

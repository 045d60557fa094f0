#include "cli/annotation.h"

#include <gmock/gmock.h>

namespace limpid::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(Annotation, SaysWhatWasFound) {
  EXPECT_THAT(Annotation({.outcome = RowOutcome::kSuggest,
                          .reasons = {"email:DOMAIN_TYPO", "phone:TOO_SHORT"},
                          .suggestions = {"jean@gmail.com"},
                          .email = "jean@gmial.com",
                          .phone = "",
                          .known = true,
                          .duplicate_of = 7}),
              ElementsAre("SUGGEST", "email:DOMAIN_TYPO phone:TOO_SHORT", "jean@gmail.com", "jean@gmial.com",
                          "", "yes", "7"));
}

TEST(Annotation, HasACellForEachHeading) { EXPECT_THAT(Annotation({}), SizeIs(AnnotationHeader().size())); }

TEST(Annotation, IsNoFormula) {
  const auto cells = Annotation(
      {.outcome = RowOutcome::kAccept, .suggestions = {"=1+1"}, .email = "-a@b.fr", .phone = "+33612345678"});
  EXPECT_EQ(cells[2], "'=1+1");
  EXPECT_EQ(cells[3], "'-a@b.fr");
  EXPECT_EQ(cells[4], "'+33612345678");
}

TEST(AnnotatedRow, KeepsTheCellsAsTheyCame) {
  EXPECT_THAT(AnnotatedRow({"=1", " a "}, 2, {"x"}), ElementsAre("=1", " a ", "x"));
}

TEST(AnnotatedRow, StandsInColumnsOfItsOwn) {
  EXPECT_THAT(AnnotatedRow({"a"}, 3, {"x"}), ElementsAre("a", "", "", "x"));
}

}  // namespace
}  // namespace limpid::cli

#include "libs/quality/phone/digit_automaton.h"

#include <gmock/gmock.h>

namespace limpid::quality {
namespace {

using Extent = DigitAutomaton::Extent;

std::vector<uint32_t> Matching(const DigitAutomaton& automaton, std::string_view digits) {
  return automaton.sets()[automaton.Find(digits)];
}

TEST(DigitAutomaton, TellsWhichPatternsMatch) {
  DigitAutomaton::Builder builder;
  EXPECT_EQ(builder.Add(DigitPattern::Parse("6\\d{3}").value(), Extent::kWhole), 0u);
  EXPECT_EQ(builder.Add(DigitPattern::Parse("[67]\\d{2,3}").value(), Extent::kWhole), 1u);
  EXPECT_EQ(builder.Add(DigitPattern::Parse("61|7").value(), Extent::kPrefix), 2u);
  const auto automaton = builder.Build();
  ASSERT_TRUE(automaton.has_value());
  EXPECT_THAT(Matching(*automaton, "6123"), ::testing::ElementsAre(0, 1, 2));
  EXPECT_THAT(Matching(*automaton, "6223"), ::testing::ElementsAre(0, 1));
  EXPECT_THAT(Matching(*automaton, "722"), ::testing::ElementsAre(1, 2));
  EXPECT_THAT(Matching(*automaton, "7223344"), ::testing::ElementsAre(2)) << "a prefix has matched for good";
  EXPECT_THAT(Matching(*automaton, "61"), ::testing::ElementsAre(2));
  EXPECT_THAT(Matching(*automaton, "62"), ::testing::IsEmpty());
  EXPECT_THAT(Matching(*automaton, ""), ::testing::IsEmpty());
  EXPECT_THAT(Matching(*automaton, "6a23"), ::testing::IsEmpty());
}

TEST(DigitAutomaton, DoesNotKnowEnds) {
  DigitAutomaton::Builder builder;
  builder.Add(DigitPattern::Parse("1$").value(), Extent::kWhole);
  EXPECT_FALSE(builder.Build().has_value());
}

TEST(DigitAutomaton, RefusesToGrowWithoutBound) {
  DigitAutomaton::Builder builder;
  // "Some 1 is followed by 17 digits": a table has to remember where all of them were.
  builder.Add(DigitPattern::Parse("\\d*1\\d{17}").value(), Extent::kWhole);
  EXPECT_FALSE(builder.Build().has_value());
}

}  // namespace
}  // namespace limpid::quality

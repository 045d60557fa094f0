#include "libs/quality/phone/number_ranges.h"

#include <gmock/gmock.h>

namespace limpid::quality {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NumberRanges, HoldsWholeNumbersOnlyAndNamesTheWidestRangeFirst) {
  const NumberRanges ranges = NumberRanges::Parse(
                                  "33\t94\t9\tVOIP\ta\n"
                                  "33\t947\t9\tCANVASSING\tb\n"
                                  "33\t947\t13\tM2M\tc\n")
                                  .value();
  EXPECT_THAT(ranges.FlagsOf(33, "947123456"), ElementsAre("VOIP", "CANVASSING"));
  EXPECT_THAT(ranges.FlagsOf(33, "948123456"), ElementsAre("VOIP"));
  EXPECT_THAT(ranges.FlagsOf(33, "9471234567890"), ElementsAre("M2M"));
  EXPECT_THAT(ranges.FlagsOf(33, "94712345"), IsEmpty()) << "too short to be a number of the range";
  EXPECT_THAT(ranges.FlagsOf(339, "47123456"), IsEmpty()) << "the digits of another country";
  EXPECT_THAT(ranges.FlagsOf(33, ""), IsEmpty());
  EXPECT_THAT(ranges.FlagsOf(0, ""), IsEmpty());
}

TEST(NumberRanges, ReadsAnyDigitAsAGap) {
  const NumberRanges ranges = NumberRanges::Parse(
                                  "1\txxx55501\t10\tFICTIONAL\ta\n"
                                  "1\t800555\t10\tTOLL_FREE\tb\n")
                                  .value();
  EXPECT_THAT(ranges.FlagsOf(1, "4155550132"), ElementsAre("FICTIONAL"));
  EXPECT_THAT(ranges.FlagsOf(1, "4155550232"), IsEmpty());
  EXPECT_THAT(ranges.FlagsOf(1, "8005550132"), ::testing::UnorderedElementsAre("FICTIONAL", "TOLL_FREE"))
      << "both the gap and the digit lead on";
}

TEST(NumberRanges, NamesTheLineThatItCannotRead) {
  for (const char* line : {"33\t94\t9\tNO_SUCH_FLAG\ta", "33\t94\tnine\tVOIP\ta", "33\t9-4\t9\tVOIP\ta"}) {
    EXPECT_FALSE(NumberRanges::Parse(line).ok()) << line;
  }
}

}  // namespace
}  // namespace limpid::quality

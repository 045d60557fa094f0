#include "libs/quality/phone/number_ranges.h"

#include <gmock/gmock.h>

namespace limpid::quality {
namespace {

TEST(NumberRanges, FindsTheLongestPrefixFirstAndOnlyWholeNumbers) {
  const NumberRanges ranges = NumberRanges::Parse(
                                  "33\t94\t9\tVOIP\ta\n"
                                  "33\t947\t9\tCANVASSING\tb\n"
                                  "33\t947\t13\tM2M\tc\n")
                                  .value();
  const auto flags = [&](std::string_view digits) {
    std::vector<std::string_view> found;
    for (const NumberRange* range : ranges.Find(digits)) found.push_back(range->flag);
    return found;
  };
  EXPECT_THAT(flags("33947123456"), testing::ElementsAre("CANVASSING", "VOIP"));
  EXPECT_THAT(flags("33948123456"), testing::ElementsAre("VOIP"));
  EXPECT_THAT(flags("339471234567890"), testing::ElementsAre("M2M"));
  EXPECT_THAT(flags("3394712345"), testing::IsEmpty()) << "too short to be a number of the range";
  EXPECT_THAT(flags(""), testing::IsEmpty());
}

}  // namespace
}  // namespace limpid::quality

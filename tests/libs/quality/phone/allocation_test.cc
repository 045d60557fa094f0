#include <gmock/gmock.h>

#include "libs/quality/phone/phone_rules.h"
#include "tests/libs/quality/allocations.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

int AllocationsFor(std::string_view input) {
  const PhoneRules rules(TestData());
  rules.Verify(input, "FR");  // compiles the calling code
  return AllocationsOf([&] { rules.Verify(input, "FR"); });
}

TEST(PhoneAllocation, AVerdictOnAPlainNumberIsItsTwoLongestForms) {
  EXPECT_EQ(AllocationsFor("06 12 34 56 78"), 2);
  EXPECT_EQ(AllocationsFor("+33 6 12 34 56 78"), 2);
  EXPECT_EQ(AllocationsFor("0033 (0)1 42 68 53 00"), 2);
  EXPECT_LE(AllocationsFor("+44 7911 123456"), 2);
}

TEST(PhoneAllocation, AMatchKeyTakesNone) {
  const PhoneRules rules(TestData());
  rules.E164("06 12 34 56 78", "FR");
  EXPECT_EQ(AllocationsOf([&] { rules.E164("06 12 34 56 78", "FR"); }), 0);
  EXPECT_EQ(AllocationsOf([&] { rules.E164("+33 6 12 34 56 78", "FR"); }), 0);
}

}  // namespace
}  // namespace limpid::quality

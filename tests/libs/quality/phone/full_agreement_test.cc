#include <gmock/gmock.h>

#include "tests/libs/quality/phone/agreement.h"
#include "tests/libs/quality/phone/typed_numbers.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

// The whole of what plain_reader_test.cc does a slice of.
TEST(FullAgreement, HoldsForAThousandNumbersOfEachTerritory) {
  const NumberPlan& plan = TestData()->number_plan();
  Agreement agreement(plan);
  TypedNumbers(plan, 19700101).ForEach(1000, [&](const std::string& input, const std::string& region) {
    agreement.Compare(input, region);
  });
  EXPECT_EQ(agreement.compared(), 254'000u);
  EXPECT_GE(agreement.read_plainly() * 100, agreement.compared() * 90) << "the fast path is taken";
}

}  // namespace
}  // namespace limpid::quality

#include "libs/quality/phone/compiled_plan.h"

#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "libs/quality/phone/library_instance.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

TEST(CompiledPlan, FindsRegionsAndTheirPlaceInACallingCode) {
  const CompiledPlan plan(TestData()->number_plan().library().metadata());
  ASSERT_TRUE(plan.Find("FR").has_value());
  EXPECT_EQ(plan.Find("FR")->calling_code, 33);
  EXPECT_EQ(plan.Find("US")->territory, 0u) << "the main territory of its code comes first";
  EXPECT_NE(plan.Find("CA")->territory, 0u);
  for (const char* region : {"", "ZZ", "001", "fr", "F"})
    EXPECT_FALSE(plan.Find(region).has_value()) << region;
}

TEST(CompiledPlan, KnowsWhatIsDialledBeforeANationalNumber) {
  const CompiledPlan plan(TestData()->number_plan().library().metadata());
  EXPECT_EQ(plan.TrunkPrefix("FR"), "0");
  EXPECT_EQ(plan.TrunkPrefix("HU"), "06");
  EXPECT_EQ(plan.TrunkPrefix("ES"), "");
  EXPECT_EQ(plan.TrunkPrefix("ZZ"), "");
}

TEST(CompiledPlan, KnowsNoCodeThatDoesNotExist) {
  const CompiledPlan plan(TestData()->number_plan().library().metadata());
  for (const int code : {-1, 0, 999, 1000, 99999}) EXPECT_EQ(plan.Code(code), nullptr) << code;
}

TEST(CompiledPlan, ManyThreadsMayNeedACodeFirst) {
  const CompiledPlan plan(TestData()->number_plan().library().metadata());
  std::vector<const CallingCode*> compiled(8);
  std::vector<std::thread> threads;
  for (const CallingCode*& own : compiled) threads.emplace_back([&plan, &own] { own = plan.Code(33); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(compiled, ::testing::Each(plan.Code(33))) << "all take the same one";
}

}  // namespace
}  // namespace limpid::quality

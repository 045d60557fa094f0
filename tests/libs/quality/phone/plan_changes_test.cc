#include "libs/quality/phone/plan_changes.h"

#include <gmock/gmock.h>
#include <phonenumbers/phonemetadata.pb.h>

#include "libs/quality/phone/library_instance.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;

constexpr std::size_t kSamples = 2;

/// Today's plan, but that French mobiles begin with 7 only.
const NumberPlan& WithoutFrenchSixes() {
  static const auto* const plan = [] {
    MetadataBytes bytes = EmbeddedMetadata();
    PhoneMetadataCollection metadata;
    EXPECT_TRUE(metadata.ParseFromString(bytes.plan));
    for (PhoneMetadata& territory : *metadata.mutable_metadata()) {
      if (territory.id() == "FR") territory.mutable_mobile()->set_national_number_pattern("7[3-8]\\d{7}");
    }
    bytes.plan = metadata.SerializeAsString();
    bytes.version = "without-sixes";
    return new std::shared_ptr<const NumberPlan>(NumberPlan::Load(std::move(bytes)).value());
  }();
  return **plan;
}

TEST(PlanChanges, AreNoneBetweenAPlanAndItself) {
  const NumberPlan& plan = TestData()->number_plan();
  const PlanChanges changes = ComparePlans(plan, plan, 1);
  EXPECT_GT(changes.compared, 1500u);
  EXPECT_THAT(changes.regions, ::testing::IsEmpty());
}

TEST(PlanChanges, NameTheRegionAndNumbersThatFlip) {
  const PlanChanges changes = ComparePlans(TestData()->number_plan(), WithoutFrenchSixes(), kSamples);
  ASSERT_EQ(changes.regions.size(), 1u);
  const RegionChanges& france = changes.regions.at("FR");
  EXPECT_GT(france.now_invalid, 0u);
  EXPECT_EQ(changes.now_invalid, france.now_invalid);
  EXPECT_THAT(france.examples, ::testing::Each(::testing::StartsWith("+336")));
  const PlanChanges back = ComparePlans(WithoutFrenchSixes(), TestData()->number_plan(), kSamples);
  EXPECT_EQ(back.now_valid, changes.now_invalid);
  EXPECT_EQ(back.now_invalid, changes.now_valid);
}

// The gate of a newer plan: what it gives as examples are numbers, of the kind for which they are examples.
TEST(NumberPlanFile, ItsExamplesAreValid) {
  const NumberPlan& plan = TestData()->number_plan();
  int examples = 0;
  for (const PhoneMetadata& territory : plan.library().metadata().metadata()) {
    for (const auto* kind : {&territory.fixed_line(), &territory.mobile(), &territory.toll_free(),
                             &territory.premium_rate(), &territory.shared_cost(), &territory.voip(),
                             &territory.personal_number(), &territory.uan(), &territory.voicemail()}) {
      if (!kind->has_example_number()) continue;
      ++examples;
      const std::string e164 = "+" + std::to_string(territory.country_code()) + kind->example_number();
      EXPECT_TRUE(plan.Read(e164, {}).valid()) << territory.id() << " " << e164;
    }
  }
  EXPECT_GT(examples, 900);
}

}  // namespace
}  // namespace limpid::quality

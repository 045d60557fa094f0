#include "enrich-svc/providers/phone_region.h"

#include <map>
#include <string>

#include <gmock/gmock.h>

#include "enrich-svc/domain/fill_policy.h"
#include "tests/enrich-svc/providers/france.h"
#include "tests/enrich-svc/providers/quality.h"

namespace limpid::enrich {
namespace {

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class PhoneRegionTest : public ::testing::Test {
 protected:
  std::map<std::string, std::string> Completed(const std::string& phone, PostalAddress address = {},
                                               std::string default_region = "FR") {
    const PhoneRegionProvider provider(France(), *PhoneZones::Load(LIMPID_SOURCE_DIR "/data/fr"),
                                       quality::PhoneRules(QualityLists()));
    const Profile profile{
        .phone = phone, .default_region = std::move(default_region), .address = std::move(address)};
    std::map<std::string, std::string> found;
    provider.Ask({}, profile, [&](absl::StatusOr<Completions> answer) {
      ASSERT_TRUE(answer.ok()) << answer.status();
      for (const Completion& completion : SurestOfEmpty(profile, *std::move(answer))) {
        EXPECT_LE(completion.confidence, kStoreFrom) << "people move";
        const std::string path(FieldPath(completion.field));
        found[path.substr(path.find('.') + 1)] = completion.value;
      }
    });
    return found;
  }
};

TEST_F(PhoneRegionTest, AFixedLineOfOneRegionGivesIt) {
  EXPECT_THAT(Completed("01 42 34 56 78"),
              UnorderedElementsAre(Pair("regionCode", "FR"), Pair("administrativeAreaCode", "11"),
                                   Pair("administrativeArea", "Île-de-France")));
}

TEST_F(PhoneRegionTest, AZoneOfSeveralRegionsGivesTheCountryAlone) {
  EXPECT_THAT(Completed("04 91 12 34 56"), UnorderedElementsAre(Pair("regionCode", "FR")));
}

TEST_F(PhoneRegionTest, AnOverseasLineGivesItsDepartment) {
  EXPECT_THAT(Completed("+262 262 12 34 56"),
              UnorderedElementsAre(Pair("regionCode", "RE"), Pair("departmentCode", "974"),
                                   Pair("department", "La Réunion"), Pair("administrativeAreaCode", "04"),
                                   Pair("administrativeArea", "La Réunion")));
}

TEST_F(PhoneRegionTest, AMobileGivesTheCountryAlone) {
  EXPECT_THAT(Completed("+33612345678"), UnorderedElementsAre(Pair("regionCode", "FR")));
  EXPECT_THAT(Completed("0692 12 34 56"), UnorderedElementsAre(Pair("regionCode", "RE")));
}

TEST_F(PhoneRegionTest, AnAddressThatNamesItsTownKnowsBetter) {
  EXPECT_THAT(Completed("01 42 34 56 78", {.region_code = "FR", .postal_code = "35000"}), IsEmpty());
  EXPECT_THAT(Completed("01 42 34 56 78", {.region_code = "BE"}), IsEmpty());
}

TEST_F(PhoneRegionTest, AForeignNumberGivesItsCountry) {
  EXPECT_THAT(Completed("+32 470 12 34 56"), UnorderedElementsAre(Pair("regionCode", "BE")));
  EXPECT_THAT(Completed("030 901820", {}, "DE"), UnorderedElementsAre(Pair("regionCode", "DE")));
}

TEST_F(PhoneRegionTest, WhatIsNoNumberGivesNothing) {
  EXPECT_THAT(Completed(""), IsEmpty());
  EXPECT_THAT(Completed("hello"), IsEmpty());
  EXPECT_THAT(Completed("08 99 12 34 56", {.region_code = "FR"}), IsEmpty());
}

}  // namespace
}  // namespace limpid::enrich

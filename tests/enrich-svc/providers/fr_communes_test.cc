#include "enrich-svc/providers/fr_communes.h"

#include <map>
#include <string>

#include <gmock/gmock.h>

#include "enrich-svc/domain/fill_policy.h"
#include "tests/enrich-svc/providers/france.h"

namespace limpid::enrich {
namespace {

using testing::IsEmpty;

struct Value {
  std::string value;
  double confidence = 0;
};

// What the provider adds to an address, by the last part of the field's path.
std::map<std::string, Value> Completed(PostalAddress address, std::string default_region = "FR") {
  const FrCommunesProvider provider(France());
  Profile profile{.default_region = std::move(default_region), .address = std::move(address)};
  std::map<std::string, Value> found;
  provider.Ask({}, profile, [&](absl::StatusOr<Completions> answer) {
    ASSERT_TRUE(answer.ok()) << answer.status();
    for (const Completion& completion : SurestOfEmpty(profile, *std::move(answer))) {
      EXPECT_EQ(completion.source, "fr-communes");
      const std::string path(FieldPath(completion.field));
      found[path.substr(path.find('.') + 1)] = {completion.value, completion.confidence};
    }
  });
  return found;
}

PostalAddress French(std::string postal_code, std::string locality = "") {
  return {.region_code = "FR", .postal_code = std::move(postal_code), .locality = std::move(locality)};
}

TEST(FrCommunes, APostcodeAndItsTownGiveEverythingElseForSure) {
  auto found = Completed(French("75002", "Paris"));
  EXPECT_EQ(found["communeCode"].value, "75102");
  EXPECT_EQ(found["departmentCode"].value, "75");
  EXPECT_EQ(found["departmentCode"].confidence, 1);
  EXPECT_EQ(found["department"].value, "Paris");
  EXPECT_EQ(found["administrativeAreaCode"].value, "11");
  EXPECT_EQ(found["administrativeArea"].value, "Île-de-France");
  EXPECT_EQ(found.size(), 5U);
}

TEST(FrCommunes, APostcodeAloneGivesDepartmentAndRegion) {
  auto found = Completed(French("01000"));
  EXPECT_EQ(found["departmentCode"].value, "01");
  EXPECT_EQ(found["administrativeAreaCode"].value, "84");
  EXPECT_FALSE(found.contains("communeCode")) << "two communes share it";
  EXPECT_FALSE(found.contains("locality"));
}

TEST(FrCommunes, APostcodeOfOneCommuneGivesItsName) {
  auto found = Completed(French("69003"));
  EXPECT_EQ(found["communeCode"].value, "69383");
  EXPECT_EQ(found["locality"].value, "Lyon");
}

TEST(FrCommunes, TheTypedTownChoosesAmongTheCommunesOfAPostcode) {
  for (const std::string typed :
       {"Saint-Denis-lès-Bourg", "ST DENIS LES BOURG", "st-denis les bourg cedex"}) {
    EXPECT_EQ(Completed(French("01000", typed))["communeCode"].value, "01344") << typed;
  }
}

TEST(FrCommunes, TheNameThatThePostalServiceWritesIsReadToo) {
  EXPECT_EQ(Completed(French("06150", "Cannes la Bocca"))["communeCode"].value, "06029");
}

TEST(FrCommunes, APostcodeInTwoDepartmentsGivesNeither) {
  EXPECT_THAT(Completed(French("01410")), IsEmpty());
  auto found = Completed(French("01410", "Lélex"));
  EXPECT_EQ(found["departmentCode"].value, "01");
}

TEST(FrCommunes, TheGivenDepartmentDecidesForAPostcodeInTwo) {
  PostalAddress address = French("01410");
  address.department_code = "39";
  EXPECT_EQ(Completed(address)["department"].value, "Jura");
}

TEST(FrCommunes, AHamletLowersTheConfidenceAndATownElsewhereMore) {
  const double hamlet = Completed(French("35000", "Les Trois Chênes Bleus"))["departmentCode"].confidence;
  const double elsewhere = Completed(French("75002", "Lyon"))["departmentCode"].confidence;
  EXPECT_GE(hamlet, kStoreFrom);
  EXPECT_LT(hamlet, 1);
  EXPECT_LT(elsewhere, kStoreFrom);
}

TEST(FrCommunes, ACedexIsKnownByItsFirstDigits) {
  auto found = Completed(French("35042", "RENNES CEDEX"));
  EXPECT_EQ(found["departmentCode"].value, "35");
  EXPECT_EQ(found["communeCode"].value, "35238");
  EXPECT_GE(found["departmentCode"].confidence, kStoreFrom);
  EXPECT_EQ(Completed(French("75083", "PARIS CEDEX 02"))["departmentCode"].value, "75");
}

TEST(FrCommunes, APostcodeThatNobodyHasIsLikelyASlip) {
  EXPECT_LT(Completed(French("75099"))["departmentCode"].confidence, kStoreFrom);
  EXPECT_THAT(Completed(French("7500")), IsEmpty());
  EXPECT_THAT(Completed(French("96123")), IsEmpty());
}

TEST(FrCommunes, ATownInAGivenDepartmentGivesItsOnlyPostcode) {
  PostalAddress address{.region_code = "FR", .locality = "Arcachon", .department_code = "33"};
  auto found = Completed(address);
  EXPECT_EQ(found["postalCode"].value, "33120");
  EXPECT_EQ(found["communeCode"].value, "33009");
  address.department_code.clear();
  address.department = "GIRONDE";
  EXPECT_EQ(Completed(address)["postalCode"].value, "33120");
}

TEST(FrCommunes, ATownWithSeveralPostcodesGivesNone) {
  EXPECT_FALSE(
      Completed({.region_code = "FR", .locality = "Rennes", .department_code = "35"}).contains("postalCode"));
}

TEST(FrCommunes, AnArrondissementHasAPostcodeOfItsOwn) {
  auto found = Completed({.region_code = "FR", .locality = "Lyon 3e", .department_code = "69"});
  EXPECT_EQ(found["postalCode"].value, "69003");
  EXPECT_EQ(found["communeCode"].value, "69383");
}

TEST(FrCommunes, ANameThatSeveralTownsBearGivesNothingWithoutADepartment) {
  EXPECT_THAT(Completed({.region_code = "FR", .locality = "Saint-Martin"}), IsEmpty());
}

TEST(FrCommunes, TheOnlyTownOfItsNameIsAHint) {
  auto found = Completed({.region_code = "FR", .locality = "Arcachon"});
  EXPECT_EQ(found["postalCode"].value, "33120");
  EXPECT_LT(found["postalCode"].confidence, kStoreFrom);
}

TEST(FrCommunes, ACommuneCodeGivesEverything) {
  auto found = Completed({.region_code = "FR", .commune_code = "2A004"});
  EXPECT_EQ(found["locality"].value, "Ajaccio");
  EXPECT_EQ(found["departmentCode"].value, "2A");
  EXPECT_EQ(found["administrativeArea"].value, "Corse");
}

TEST(FrCommunes, ADepartmentGivesItsNameAndRegion) {
  auto found = Completed({.region_code = "FR", .department_code = "974"});
  EXPECT_EQ(found["department"].value, "La Réunion");
  EXPECT_EQ(found["administrativeAreaCode"].value, "04");
}

TEST(FrCommunes, PartsThatContradictEachOtherGiveNothing) {
  PostalAddress address = French("75002", "Paris");
  address.department_code = "69";
  EXPECT_THAT(Completed(address), IsEmpty());
  address.department_code = "XX";
  EXPECT_THAT(Completed(address), IsEmpty());
  address.department_code.clear();
  address.administrative_area = "Bretagne";
  EXPECT_THAT(Completed(address), IsEmpty());
  address.administrative_area.clear();
  address.commune_code = "69383";
  EXPECT_THAT(Completed(address), IsEmpty());
  address.commune_code.clear();
  address.region_code = "RE";
  EXPECT_THAT(Completed(address), IsEmpty());
}

TEST(FrCommunes, WithoutACountryTheDefaultRegionSpeaks) {
  auto matched = Completed({.postal_code = "75002", .locality = "Paris"});
  EXPECT_EQ(matched["regionCode"].value, "FR");
  EXPECT_GE(matched["regionCode"].confidence, kStoreFrom);
  EXPECT_LT(matched["departmentCode"].confidence, 1);
  EXPECT_EQ(Completed({.postal_code = "97400", .locality = "Saint-Denis"})["regionCode"].value, "RE");
  EXPECT_THAT(Completed({.postal_code = "75002", .locality = "Paris"}, "DE"), IsEmpty());
}

TEST(FrCommunes, APostcodeOfAnotherCountryIsNotStoredAsFrench) {
  // Karlsruhe in Germany: in France the number lies in the Aveyron's neighbourhood and the town nowhere.
  for (const auto& [field, found] : Completed({.postal_code = "76131", .locality = "Karlsruhe"})) {
    EXPECT_LT(found.confidence, kStoreFrom) << field;
  }
}

TEST(FrCommunes, OtherCountriesAreNotItsConcern) {
  EXPECT_THAT(Completed({.region_code = "BE", .postal_code = "10000"}), IsEmpty());
  EXPECT_THAT(Completed({}), IsEmpty());
}

}  // namespace
}  // namespace limpid::enrich

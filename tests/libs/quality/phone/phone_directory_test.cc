#include "libs/quality/phone/phone_directory.h"

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/quality/phone/phone_rules.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const PhoneDirectory& Directory() {
  static const auto& directory = *new std::shared_ptr<const PhoneDirectory>(
      PhoneDirectory::Load(StrCat(LIMPID_SOURCE_DIR, "/data")).value());
  return *directory;
}

PhoneVerdict Describe(std::string_view number, std::string_view language = "fr") {
  static const auto& rules = *new PhoneRules(TestData());
  PhoneVerdict verdict = rules.Verify(number, "FR");
  Directory().Describe(language, verdict);
  return verdict;
}

TEST(PhoneDirectory, NamesTheNetworkOfAMobile) {
  EXPECT_EQ(Describe("06 12 34 56 78").carrier_original, "SFR");
  EXPECT_EQ(Describe("+32 470 12 34 56").carrier_original, "Proximus");
  EXPECT_EQ(Describe("01 42 68 53 00").carrier_original, "") << "a fixed line";
}

TEST(PhoneDirectory, NamesTheTimeZones) {
  EXPECT_THAT(Describe("06 12 34 56 78").time_zones, ElementsAre("Europe/Paris"));
  EXPECT_THAT(Describe("+1 415 555 2671").time_zones, ElementsAre("America/Los_Angeles"));
  EXPECT_THAT(Describe("+590 690 12 34 56").time_zones, Contains("America/Guadeloupe"));
  EXPECT_THAT(Describe("+7 495 123 45 67").time_zones, ElementsAre("Europe/Moscow"));
  EXPECT_THAT(Describe("+1 800 356 9377").time_zones, Contains("America/New_York")) << "all of the country's";
  EXPECT_THAT(Describe("+1 800 356 9377").time_zones, SizeIs(::testing::Gt(20)));
}

TEST(PhoneDirectory, NamesThePlaceInTheLanguageOfTheCall) {
  EXPECT_EQ(Describe("01 42 68 53 00").location, "Paris");
  EXPECT_EQ(Describe("+41 22 730 51 11", "fr").location, "Genève");
  EXPECT_EQ(Describe("+41 22 730 51 11", "en").location, "Geneva");
  EXPECT_EQ(Describe("+41 22 730 51 11", "").location, "Genève");
  EXPECT_EQ(Describe("+41 22 730 51 11", "de").location, "Genève");
  EXPECT_EQ(Describe("+49 30 901820", "fr").location, "Berlin")
      << "the English name where there is no French one";
  EXPECT_EQ(Describe("06 12 34 56 78").location, "") << "a mobile has no place";
}

TEST(PhoneDirectory, SaysNothingOfWhatIsNoNumber) {
  const PhoneVerdict verdict = Describe("06 12");
  EXPECT_EQ(verdict.carrier_original, "");
  EXPECT_EQ(verdict.location, "");
  EXPECT_THAT(verdict.time_zones, IsEmpty());
}

TEST(PhoneDirectory, IsSmall) { EXPECT_LT(Directory().bytes(), 4u << 20); }

TEST(PhoneDirectory, IsNotLoadedFromAFolderWithoutIt) {
  EXPECT_EQ(PhoneDirectory::Load("/nonexistent").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace limpid::quality

#include "enrich-svc/providers/phone_zones.h"

#include <gmock/gmock.h>

namespace limpid::enrich {
namespace {

TEST(FrenchNationalDigits, ReadsEveryFrenchForm) {
  for (const std::string_view typed : {"0612345678", "06 12 34 56 78", "06.12.34.56.78", "+33 6 12 34 56 78",
                                       "0033612345678", "+33 (0)6 12 34 56 78", "06-12-34-56-78"}) {
    EXPECT_EQ(FrenchNationalDigits(typed, true), "612345678") << typed;
  }
  EXPECT_EQ(FrenchNationalDigits("+262 262 12 34 56", false), "262123456");
  EXPECT_EQ(FrenchNationalDigits("0262 12 34 56", true), "262123456");
}

TEST(FrenchNationalDigits, IsEmptyForEverythingElse) {
  for (const std::string_view typed : {"", "061234567", "06123456789", "+32 470 12 34 56", "612345678",
                                       "0012345678", "06 12 34 56 7x", "36 39"}) {
    EXPECT_EQ(FrenchNationalDigits(typed, true), "") << typed;
  }
  EXPECT_EQ(FrenchNationalDigits("0612345678", false), "") << "of another country's plan";
}

TEST(PhoneZones, TheLongestPrefixDecides) {
  const auto zones = PhoneZones::Load(LIMPID_SOURCE_DIR "/data/fr");
  ASSERT_TRUE(zones.ok()) << zones.status();
  ASSERT_NE((*zones)->Find("142345678"), nullptr);
  EXPECT_EQ((*zones)->Find("142345678")->region, "11");
  EXPECT_EQ((*zones)->Find("495123456")->region, "94") << "Corsica";
  EXPECT_EQ((*zones)->Find("491123456")->region, "") << "the south-east has several regions";
  EXPECT_EQ((*zones)->Find("262123456")->department, "974");
  EXPECT_EQ((*zones)->Find("612345678")->territory, "FR");
  EXPECT_EQ((*zones)->Find("692123456")->territory, "RE");
  EXPECT_EQ((*zones)->Find("899123456"), nullptr) << "special numbers lie nowhere";
}

TEST(PhoneZones, AMissingTableIsNamed) {
  EXPECT_THAT(std::string(PhoneZones::Load("/nowhere").status().message()),
              testing::HasSubstr("phone_zones.csv"));
}

}  // namespace
}  // namespace limpid::enrich

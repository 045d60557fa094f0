#include "enrich-svc/providers/commune_table.h"

#include <filesystem>
#include <fstream>
#include <set>

#include <gmock/gmock.h>
#include <stdlib.h>

#include "tests/enrich-svc/providers/france.h"

namespace limpid::enrich {
namespace {

using testing::HasSubstr;

TEST(CommuneTable, FindsACommuneByItsCode) {
  const auto index = France()->FindCommune("35238");
  ASSERT_TRUE(index.has_value());
  const CommuneTable::Commune& rennes = France()->commune(*index);
  EXPECT_EQ(rennes.locality, "Rennes");
  EXPECT_EQ(France()->department(rennes).name, "Ille-et-Vilaine");
  EXPECT_EQ(France()->region(France()->department(rennes)).name, "Bretagne");
  EXPECT_FALSE(France()->FindCommune("00000").has_value());
}

TEST(CommuneTable, AnArrondissementBearsTheNameOfItsCity) {
  const auto index = France()->FindCommune("69383");
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(France()->commune(*index).locality, "Lyon");
  EXPECT_EQ(France()->FindArrondissement("lyon", 3), index);
  EXPECT_FALSE(France()->FindArrondissement("lyon", 10).has_value());
  EXPECT_FALSE(France()->FindArrondissement("lille", 1).has_value());
}

TEST(CommuneTable, EveryPostcodeOfParisLeadsToItsArrondissement) {
  for (uint32_t code = 75001; code <= 75020; ++code) {
    const auto links = France()->ByPostalCode(code);
    ASSERT_EQ(links.size(), 1U) << code;
    EXPECT_EQ(France()->commune(links.front().commune).arrondissement, code - 75000);
  }
}

TEST(CommuneTable, SeveralCommunesShareAPostcode) {
  std::set<std::string_view> names;
  for (const auto& link : France()->ByPostalCode(1000))
    names.insert(France()->commune(link.commune).locality);
  EXPECT_THAT(names, testing::ElementsAre("Bourg-en-Bresse", "Saint-Denis-lès-Bourg"));
  EXPECT_TRUE(France()->ByPostalCode(99999).empty());
}

TEST(CommuneTable, FirstDigitsGiveTheDepartment) {
  const auto code = [](uint32_t postal_code) -> std::string_view {
    const auto* department = France()->DepartmentOfPostalCode(postal_code);
    return department == nullptr ? "" : department->code;
  };
  EXPECT_EQ(code(1000), "01");
  EXPECT_EQ(code(75083), "75");
  EXPECT_EQ(code(20100), "2A");
  EXPECT_EQ(code(20600), "2B");
  EXPECT_EQ(code(97400), "974");
  EXPECT_EQ(code(98800), "988");
  EXPECT_EQ(code(96000), "");
  EXPECT_EQ(code(0), "");
}

TEST(CommuneTable, NamesOfDepartmentsAndRegionsAreReadInAnySpelling) {
  ASSERT_NE(France()->FindDepartmentByName("cotes d armor"), nullptr);
  EXPECT_EQ(France()->FindDepartmentByName("cotes d armor")->code, "22");
  ASSERT_NE(France()->FindRegionByName("ILE DE FRANCE"), nullptr);
  EXPECT_EQ(France()->FindRegionByName("ILE DE FRANCE")->code, "11");
  EXPECT_EQ(France()->FindDepartmentByName("Bavaria"), nullptr);
}

TEST(CommuneTable, KnowsTheTerritoriesOfFrance) {
  EXPECT_TRUE(France()->IsTerritory("FR"));
  EXPECT_TRUE(France()->IsTerritory("RE"));
  EXPECT_FALSE(France()->IsTerritory("BE"));
  EXPECT_FALSE(France()->IsTerritory(""));
}

TEST(PostalCode, IsFiveDigits) {
  EXPECT_EQ(ParsePostalCode("75002"), 75002U);
  EXPECT_EQ(ParsePostalCode("75 002"), 75002U);
  EXPECT_EQ(ParsePostalCode("01000"), 1000U);
  for (const std::string_view text : {"", "1000", "750021", "F-75002", "7500O"}) {
    EXPECT_EQ(ParsePostalCode(text), std::nullopt) << text;
  }
  EXPECT_EQ(FormatPostalCode(1000), "01000");
}

class BrokenTableTest : public testing::Test {
 protected:
  BrokenTableTest() {
    char path[] = "/tmp/limpid-communes-XXXXXX";
    directory_ = mkdtemp(path);
    std::filesystem::copy(LIMPID_SOURCE_DIR "/data/fr", directory_);
  }
  ~BrokenTableTest() override { std::filesystem::remove_all(directory_); }

  std::string ErrorWith(const std::string& file, std::string_view content) {
    std::ofstream(directory_ + "/" + file) << content;
    return std::string(CommuneTable::Load(directory_).status().message());
  }

  std::string directory_;
};

TEST_F(BrokenTableTest, TheErrorNamesFileAndLine) {
  EXPECT_THAT(ErrorWith("regions.csv", "code,name\n11\n"), HasSubstr("regions.csv: line 2"));
  EXPECT_THAT(ErrorWith("regions.csv", "other,name\n"), HasSubstr("regions.csv: line 1"));
}

TEST_F(BrokenTableTest, RowsMustBeSortedAndReferToWhatExists) {
  EXPECT_THAT(ErrorWith("regions.csv", "code,name\n11,A\n01,B\n"), HasSubstr("regions.csv: line 3"));
  EXPECT_THAT(ErrorWith("regions.csv", "code,name\n01,Guadeloupe\n"), HasSubstr("departments.csv: line 2"));
}

TEST_F(BrokenTableTest, AMissingFileIsNamed) {
  std::filesystem::remove(directory_ + "/communes.csv");
  EXPECT_THAT(std::string(CommuneTable::Load(directory_).status().message()), HasSubstr("communes.csv"));
}

}  // namespace
}  // namespace limpid::enrich

#include "libs/quality/phone/number_plan.h"

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

const NumberPlan& Plan() { return TestData()->number_plan(); }

std::string E164OrInvalid(const PlannedNumber& number) { return number.valid() ? number.E164() : "invalid"; }

/// Everything that a row of the vectors says of its number, in one line.
std::string Wanted(const std::vector<std::string>& row) {
  return StrCat(row[2], " ext '", row[3], "' ", row[4], " ", row[5], " ", row[6]);
}

std::string Got(const std::vector<std::string>& row) {
  const PlannedNumber number = Plan().Read(row[0], row[1] == "-" ? "" : row[1]);
  const std::string_view type = number.valid() ? Name(number.type) : "";
  return StrCat(E164OrInvalid(number), " ext '", number.extension, "' ", type, " ", number.region, " ",
                number.fault);
}

class NumberPlanVectors : public ::testing::TestWithParam<std::pair<const char*, std::size_t>> {};

TEST_P(NumberPlanVectors, AgreeInEveryColumn) {
  const auto rows = ReadRows(GetParam().first);
  EXPECT_EQ(rows.size(), GetParam().second);
  for (const auto& row : rows) EXPECT_EQ(Got(row), Wanted(row)) << row[0] << " in " << row[1];
}

INSTANTIATE_TEST_SUITE_P(Collected, NumberPlanVectors,
                         ::testing::Values(std::pair("phone/vectors.tsv", 2002u),
                                           std::pair("phone/vectors_libphonenumber_tests.tsv", 201u)));

TEST(NumberPlan, IsTheOneInTheDataFolder) {
  EXPECT_EQ(Plan().version(), "3.2.47+20260929");
  EXPECT_EQ(Plan().Regions().size(), 245u);
}

TEST(NumberPlan, KnowsWhatThePackagedPlanOf2022DoesNot) {
  // Benin went to ten digits in November 2024; +1 472 and +1 983 were opened after 2022.
  EXPECT_TRUE(Plan().Read("+229 01 95 12 34 56", "").valid());
  EXPECT_FALSE(Plan().Read("+229 95 12 34 56", "").valid());
  EXPECT_TRUE(Plan().Read("+1 472 266 1234", "").valid());
}

TEST(NumberPlan, SaysWhyANumberIsInvalid) {
  const auto fault = [](std::string_view input, std::string_view region) {
    return Plan().Read(input, region).fault;
  };
  EXPECT_EQ(fault("x", "FR"), "NOT_A_NUMBER");
  EXPECT_EQ(fault("06 12", "FR"), "TOO_SHORT");
  EXPECT_EQ(fault("06 12 34 56 789", "FR"), "TOO_LONG");
  EXPECT_EQ(fault("+999 12345678", "FR"), "INVALID_COUNTRY_CODE");
  EXPECT_EQ(fault("06 12 34 56 78", ""), "INVALID_COUNTRY_CODE");
  EXPECT_EQ(fault("06 12 34 56 78", "XX"), "INVALID_COUNTRY_CODE");
  EXPECT_EQ(fault("00 00 00 00 00", "FR"), "INVALID_BUT_POSSIBLE");
  EXPECT_EQ(fault("\xff\xfe", "FR"), "NOT_A_NUMBER");
  EXPECT_EQ(fault(std::string(1 << 20, '1'), "FR"), "TOO_LONG");
  EXPECT_EQ(fault("06 12 34 56 78", "FR"), "");
}

// RFC 3966: a context is a global number or a domain. The packaged library is older than its check of that.
TEST(NumberPlan, RefusesAContextThatIsNone) {
  const auto fault = [](std::string_view input) { return Plan().Read(input, "FR").fault; };
  EXPECT_EQ(fault("tel:612345678;phone-context=+33"), "");
  EXPECT_EQ(fault("tel:0612345678;phone-context=example.fr"), "");
  EXPECT_EQ(fault("tel:0612345678;phone-context=a-b.fr.;x=1"), "");
  for (const char* context : {"", "33", "+", "-fr", "fr-", "a..fr", "a_b.fr", "example.33"}) {
    EXPECT_EQ(fault(StrCat("tel:0612345678;phone-context=", context)), "NOT_A_NUMBER") << context;
  }
}

TEST(NumberPlan, TakesNoOverseasNumberForOneOfMainlandFrance) {
  for (const char* input : {"0690 12 34 56", "0692 12 34 56", "+33 694 12 34 56", "+33 639 12 34 56"}) {
    EXPECT_EQ(Plan().Read(input, "FR").fault, "INVALID_BUT_POSSIBLE") << input;
  }
}

TEST(NumberPlan, NamesAllRegionsThatShareARange) {
  const auto candidates = [](std::string_view input) {
    return Plan().CandidateRegions(Plan().Read(input, ""));
  };
  EXPECT_THAT(candidates("+590690123456"), testing::UnorderedElementsAre("GP", "BL", "MF"));
  EXPECT_THAT(candidates("+33612345678"), testing::ElementsAre("FR"));
  EXPECT_THAT(candidates("+14155550132"), testing::ElementsAre("US"));
  EXPECT_THAT(candidates("+33"), testing::IsEmpty());
}

TEST(NumberPlan, KeepsLeadingZeros) {
  const PlannedNumber rome = Plan().Read("+39 06 1234 5678", "");
  EXPECT_EQ(rome.E164(), "+390612345678");
  EXPECT_EQ(Plan().Format(rome).international, "+39 06 1234 5678");
}

TEST(NumberPlan, KnowsTheCallingCodeOfARegion) {
  EXPECT_EQ(CallingCodeOf("FR"), 33);
  EXPECT_EQ(CallingCodeOf("XX"), 0);
  EXPECT_EQ(CallingCodeOf("fr"), 0);
  EXPECT_EQ(CallingCodeOf(""), 0);
}

}  // namespace
}  // namespace limpid::quality

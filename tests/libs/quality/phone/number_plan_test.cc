#include "libs/quality/phone/number_plan.h"

#include <gmock/gmock.h>
#include <phonenumbers/phonenumberutil.h>

#include "libs/base/strings.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/// What the library answers when it is asked for everything in its own words.
struct Plain {
  std::string e164 = "invalid";
  std::string national;
  std::string international;
  std::string rfc3966;
  std::string region;
};

Plain AskPlainly(const std::string& input, const std::string& region) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  Plain plain;
  if (util.Parse(input, region == "-" ? "ZZ" : region, &number) != PhoneNumberUtil::NO_PARSING_ERROR)
    return plain;
  if (!util.IsValidNumber(number)) return plain;
  util.Format(number, PhoneNumberUtil::E164, &plain.e164);
  util.Format(number, PhoneNumberUtil::RFC3966, &plain.rfc3966);
  util.GetRegionCodeForNumber(number, &plain.region);
  number.clear_extension();
  util.Format(number, PhoneNumberUtil::NATIONAL, &plain.national);
  util.Format(number, PhoneNumberUtil::INTERNATIONAL, &plain.international);
  return plain;
}

std::string E164OrInvalid(const PlannedNumber& number) { return number.valid() ? number.E164() : "invalid"; }

TEST(NumberPlan, GivesTheLibrarysFormsByAShorterWay) {
  for (const char* file : {"phone/vectors.tsv", "phone/vectors_libphonenumber_tests.tsv"}) {
    for (const auto& row : ReadRows(file)) {
      const Plain plain = AskPlainly(row[0], row[1]);
      const PlannedNumber number = ReadNumber(row[0], row[1] == "-" ? "" : row[1]);
      if (!OverseasCallingCode(number).empty()) continue;
      ASSERT_EQ(E164OrInvalid(number), plain.e164) << row[0];
      if (!number.valid()) continue;
      const NumberFormats formats = FormatNumber(number);
      EXPECT_EQ(formats.national, plain.national) << row[0];
      EXPECT_EQ(formats.international, plain.international) << row[0];
      EXPECT_EQ(formats.rfc3966, plain.rfc3966) << row[0];
      EXPECT_EQ(number.region, plain.region) << row[0];
    }
  }
}

struct Tally {
  int rows = 0;
  int right = 0;
  int older_plan = 0;  ///< The library itself, asked plainly, contradicts the newer plan that judged the row.
  int ours = 0;        ///< Everything else.
};

Tally Count(const char* file) {
  Tally tally;
  for (const auto& row : ReadRows(file)) {
    ++tally.rows;
    const PlannedNumber number = ReadNumber(row[0], row[1] == "-" ? "" : row[1]);
    if (E164OrInvalid(number) == row[2]) {
      ++tally.right;
    } else if (AskPlainly(row[0], row[1]).e164 == E164OrInvalid(number)) {
      ++tally.older_plan;
    } else {
      ++tally.ours;
      ADD_FAILURE() << row[0] << " " << row[1] << " wanted " << row[2] << " got " << E164OrInvalid(number);
    }
  }
  return tally;
}

TEST(NumberPlan, AgreesWithTheCollectedVectors) {
  const Tally tally = Count("phone/vectors.tsv");
  EXPECT_EQ(tally.rows, 2002);
  EXPECT_GE(tally.right * 1000, tally.rows * 992) << "99.2 % is what the packaged plan of 2022 can reach";
  EXPECT_EQ(tally.ours, 0);
}

TEST(NumberPlan, AgreesWithTheInputsOfTheLibrarysOwnTests) {
  const Tally tally = Count("phone/vectors_libphonenumber_tests.tsv");
  EXPECT_EQ(tally.rows, 201);
  // Seven Mexican rows: the plan of 2022 still takes the prefixes 01, 044, 045 and 1, which are gone since
  // 2019.
  EXPECT_EQ(tally.older_plan, 7);
  EXPECT_EQ(tally.ours, 0);
}

TEST(NumberPlan, SaysWhyANumberIsInvalid) {
  const auto fault = [](std::string_view input, std::string_view region) {
    return ReadNumber(input, region).fault;
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

TEST(NumberPlan, NamesAllRegionsThatShareARange) {
  EXPECT_THAT(CandidateRegions(ReadNumber("+590690123456", "")),
              testing::UnorderedElementsAre("GP", "BL", "MF"));
  EXPECT_THAT(CandidateRegions(ReadNumber("+33612345678", "")), testing::ElementsAre("FR"));
  EXPECT_THAT(CandidateRegions(ReadNumber("+14155550132", "")), testing::ElementsAre("US"));
  EXPECT_THAT(CandidateRegions(ReadNumber("+33", "")), testing::IsEmpty());
}

TEST(NumberPlan, KeepsLeadingZeros) {
  const PlannedNumber rome = ReadNumber("+39 06 1234 5678", "");
  EXPECT_EQ(rome.E164(), "+390612345678");
  EXPECT_EQ(FormatNumber(rome).international, "+39 06 1234 5678");
}

}  // namespace
}  // namespace limpid::quality

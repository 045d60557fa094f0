#include "libs/quality/phone/calling_code.h"

#include <gmock/gmock.h>
#include <phonenumbers/phonemetadata.pb.h>

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneNumberDesc;

PhoneNumberDesc Kind(const std::string& pattern, std::initializer_list<int> lengths) {
  PhoneNumberDesc kind;
  kind.set_national_number_pattern(pattern);
  for (const int length : lengths) kind.add_possible_length(length);
  return kind;
}

/// Mobiles begin with 6, fixed lines with 1 or 2, and what begins with 69 may be either.
PhoneMetadata Mainland() {
  PhoneMetadata metadata;
  metadata.set_id("AA");
  metadata.set_country_code(99);
  metadata.set_international_prefix("00");
  metadata.set_national_prefix_for_parsing("0");
  *metadata.mutable_general_desc() = Kind("[126]\\d{3,5}", {4, 5});
  *metadata.mutable_fixed_line() = Kind("(?:[12]\\d|69)\\d{2,5}", {});
  *metadata.mutable_mobile() = Kind("6\\d{3,5}", {4, 5});
  *metadata.mutable_voip() = Kind("", {-1});
  return metadata;
}

/// Shares the code; its numbers begin with 25.
PhoneMetadata Island() {
  PhoneMetadata metadata = Mainland();
  metadata.set_id("BB");
  metadata.set_leading_digits("25");
  *metadata.mutable_premium_rate() = Kind("250\\d", {4});
  return metadata;
}

class CallingCodeTest : public ::testing::Test {
 protected:
  CallingCode::Standing Standing(std::string_view digits) const {
    return code_->StandingOf(code_->Find(digits), digits.size());
  }

  const PhoneMetadata mainland_ = Mainland();
  const PhoneMetadata island_ = Island();
  const std::unique_ptr<const CallingCode> code_ = CallingCode::Compile({&island_, &mainland_});
};

TEST_F(CallingCodeTest, TellsTypeByPatternAndLength) {
  ASSERT_NE(code_, nullptr);
  EXPECT_EQ(Standing("1234").type, PhoneType::kFixedLine);
  EXPECT_EQ(Standing("6123").type, PhoneType::kMobile);
  EXPECT_EQ(Standing("6912").type, PhoneType::kFixedLineOrMobile);
  EXPECT_EQ(Standing("612345").type, PhoneType::kUnknown) << "no number has six digits";
  EXPECT_EQ(Standing("7123").type, PhoneType::kUnknown);
}

TEST_F(CallingCodeTest, ATerritoryWithLeadingDigitsClaimsThem) {
  EXPECT_EQ(code_->territories()[Standing("2512").territory].region(), "BB");
  EXPECT_EQ(code_->territories()[Standing("2412").territory].region(), "AA");
  EXPECT_EQ(Standing("2501").type, PhoneType::kPremiumRate);
  EXPECT_EQ(Standing("2512").candidates, 0b11u);
}

TEST_F(CallingCodeTest, WhatOneClaimsAndDoesNotHaveIsNobodys) {
  PhoneMetadata greedy = Mainland();
  greedy.set_leading_digits("6");
  greedy.clear_mobile();
  greedy.clear_fixed_line();
  const auto code = CallingCode::Compile({&greedy, &mainland_});
  ASSERT_NE(code, nullptr);
  EXPECT_EQ(code->StandingOf(code->Find("6123"), 4).type, PhoneType::kUnknown);
  EXPECT_EQ(code->StandingOf(code->Find("1234"), 4).type, PhoneType::kFixedLine);
}

TEST_F(CallingCodeTest, LeavesToLibphonenumberWhatItDoesNotUnderstand) {
  PhoneMetadata strange = Mainland();
  *strange.mutable_mobile() = Kind("(?!61)6\\d{3}", {4});
  EXPECT_EQ(CallingCode::Compile({&strange}), nullptr);
  EXPECT_EQ(CallingCode::Compile({}), nullptr);
}

}  // namespace
}  // namespace limpid::quality

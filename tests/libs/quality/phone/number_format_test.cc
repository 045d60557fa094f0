#include "libs/quality/phone/number_format.h"

#include <gmock/gmock.h>

namespace limpid::quality {
namespace {

std::string National(const NumberFormat::Source& source, std::string_view digits) {
  const auto format = NumberFormat::Compile(source);
  std::string out;
  return format && format->AppendNational(digits, out) ? out : "none";
}

std::string International(const NumberFormat::Source& source, std::string_view digits) {
  const auto format = NumberFormat::Compile(source);
  std::string out;
  return format && format->AppendInternational(digits, out) ? out : "none";
}

constexpr NumberFormat::Source kFrench = {.pattern = "(\\d)(\\d{2})(\\d{2})(\\d{2})(\\d{2})",
                                          .format = "$1 $2 $3 $4 $5",
                                          .national_prefix_rule = "0$1"};
constexpr NumberFormat::Source kArgentine = {
    .pattern = "(\\d)(\\d{2})(\\d{4})(\\d{4})", .format = "$2 15-$3-$4", .national_prefix_rule = "0$1"};

TEST(NumberFormat, GroupsTheDigits) {
  EXPECT_EQ(National(kFrench, "612345678"), "06 12 34 56 78");
  EXPECT_EQ(International(kFrench, "612345678"), "6 12 34 56 78");
}

TEST(NumberFormat, PutsThePrefixBeforeTheFirstGroupThatIsWritten) {
  EXPECT_EQ(National(kArgentine, "91123456789"), "011 15-2345-6789");
  EXPECT_EQ(International(kArgentine, "91123456789"), "11 15-2345-6789");
}

TEST(NumberFormat, GroupsOfSeveralLengthsTakeWhatTheyCan) {
  const NumberFormat::Source source = {.pattern = "(\\d{3})(\\d{2,3})(\\d{3,4})", .format = "$1-$2-$3"};
  EXPECT_EQ(National(source, "12345678"), "123-45-678");
  EXPECT_EQ(National(source, "123456789"), "123-456-789");
  EXPECT_EQ(National(source, "1234567890"), "123-456-7890");
}

TEST(NumberFormat, AsksThePatternWhereDigitsDecide) {
  const NumberFormat::Source source = {.pattern = "(1[0-4]|2)(\\d+)", .format = "$1 $2"};
  EXPECT_EQ(National(source, "1234"), "12 34");
  EXPECT_EQ(National(source, "2345"), "2 345");
  EXPECT_EQ(National(source, "3456"), "none");
}

TEST(NumberFormat, RefusesWhatItDoesNotUnderstand) {
  EXPECT_FALSE(NumberFormat::Compile({.pattern = "(\\d)(\\d)", .format = "$1 $3"}).has_value());
  EXPECT_FALSE(NumberFormat::Compile({.pattern = "(\\d)(\\d)", .format = "$CC $1"}).has_value());
  EXPECT_FALSE(NumberFormat::Compile({.pattern = "(?!1)(\\d)", .format = "$1"}).has_value());
}

}  // namespace
}  // namespace limpid::quality

#include "libs/quality/phone/digit_pattern.h"

#include <gmock/gmock.h>

namespace limpid::quality {
namespace {

/// What the pattern covers at the beginning of the digits; "none" where it does not match.
std::string Covered(std::string_view expression, std::string_view digits) {
  const auto pattern = DigitPattern::Parse(expression);
  if (!pattern) return "not understood";
  const auto match = pattern->MatchPrefix(digits);
  return match ? std::string(digits.substr(0, match->length)) : "none";
}

TEST(DigitPattern, MatchesAsABacktrackingMatcherDoes) {
  const struct {
    std::string_view expression;
    std::string_view digits;
    std::string_view covered;
  } kRows[] = {
      {"12", "123", "12"},
      {"12", "13", "none"},
      {"\\d{3}", "1234", "123"},
      {"\\d{2,4}", "12345", "1234"},
      {"\\d{2,4}", "1", "none"},
      {"\\d{2,}", "12345", "12345"},
      {"[1-35]+", "12354", "1235"},
      {"[12]?3", "33", "3"},
      {"1?1", "1", "1"},
      {"(?:1|12)3", "123", "123"},
      // The first alternative that fits, not the longest.
      {"1|12", "12", "1"},
      {"12|1", "12", "12"},
      {"0(?:(11|2)15)?", "01115", "01115"},
      {"0(?:(11|2)15)?", "0111", "0"},
      {"([457]\\d)$|1", "45", "45"},
      {"([457]\\d)$|1", "451", "none"},
      {"([457]\\d)$|1", "145", "1"},
      {"", "12", ""},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(Covered(row.expression, row.digits), row.covered) << row.expression << " on " << row.digits;
  }
}

TEST(DigitPattern, TellsWhatItsGroupsCover) {
  const auto pattern = DigitPattern::Parse("(\\d{2})(\\d{2,3})(?:9)(\\d)?");
  ASSERT_TRUE(pattern.has_value());
  EXPECT_EQ(pattern->groups(), 3u);
  const auto match = pattern->MatchPrefix("123449");
  ASSERT_TRUE(match.has_value());
  EXPECT_EQ(match->groups[0], "12");
  EXPECT_EQ(match->groups[1], "344");
  EXPECT_EQ(match->groups[2], "");
}

TEST(DigitPattern, RefusesWhatItDoesNotUnderstand) {
  for (const char* expression :
       {"(?!1)2", "a", "[a-c]", "1{2", "1{3,2}", "(1", "1)", "[1", "\\s", "^1", "1**"}) {
    EXPECT_FALSE(DigitPattern::Parse(expression).has_value()) << expression;
  }
  EXPECT_FALSE(DigitPattern::Parse("(?:\\d{99}){99}{99}").has_value()) << "too large";
}

TEST(DigitPattern, SamplesMatch) {
  const auto pattern = DigitPattern::Parse("0(?:[12]\\d{3}|7[5-9]{2,4})");
  ASSERT_TRUE(pattern.has_value());
  std::size_t turn = 0;
  for (int i = 0; i < 50; ++i) {
    const std::string digits = pattern->Sample([&](std::size_t n) { return turn++ * 7 % n; });
    const auto match = pattern->MatchPrefix(digits);
    ASSERT_TRUE(match.has_value()) << digits;
    EXPECT_EQ(match->length, digits.size());
  }
}

}  // namespace
}  // namespace limpid::quality

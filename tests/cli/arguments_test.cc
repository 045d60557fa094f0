#include "cli/arguments.h"

#include <array>
#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace limpid::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::array kTable = {Flag{"email", "TEXT", "An address."}, Flag{"json", "", "As JSON."},
                               Flag{"origin", "URL", "Often.", true}};

absl::StatusOr<Arguments> Parse(const std::vector<std::string>& words) {
  return Arguments::Parse(words, {kTable});
}

TEST(Arguments, TakeValuesInBothForms) {
  const auto arguments = Parse({"--email", "a@b.fr", "file.csv", "--json", "--origin=x=y", "--origin", "z"});
  ASSERT_TRUE(arguments.ok()) << arguments.status();
  EXPECT_EQ(arguments->Value("email"), "a@b.fr");
  EXPECT_TRUE(arguments->Has("json"));
  EXPECT_THAT(arguments->Values("origin"), ElementsAre("x=y", "z"));
  EXPECT_THAT(arguments->words(), ElementsAre("file.csv"));
}

TEST(Arguments, TakeEmptyValuesAndValuesThatLookLikeFlags) {
  EXPECT_EQ(Parse({"--email="})->Value("email"), "");
  EXPECT_TRUE(Parse({"--email="})->Has("email"));
  EXPECT_EQ(Parse({"--email", "--json"})->Value("email"), "--json");
}

TEST(Arguments, EndTheirFlagsAtTwoDashes) {
  EXPECT_THAT(Parse({"-", "--", "--json", "-x"})->words(), ElementsAre("-", "--json", "-x"));
}

TEST(Arguments, NameAllFaultsAtOnce) {
  const auto arguments = Parse({"--mail", "x", "--json=yes", "--email", "a", "--email", "b", "--origin"});
  EXPECT_THAT(std::string(arguments.status().message()),
              AllOf(HasSubstr("--mail: no such flag"), HasSubstr("--json: takes no value"),
                    HasSubstr("--email: given twice"), HasSubstr("--origin: needs URL")));
}

TEST(Arguments, AreExplained) {
  EXPECT_THAT(FlagHelp({kTable}), AllOf(HasSubstr("--email TEXT"), HasSubstr("An address.\n")));
}

}  // namespace
}  // namespace limpid::cli

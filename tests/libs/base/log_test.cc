#include "libs/base/log.h"

#include <type_traits>

#include <gmock/gmock.h>

namespace limpid {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class LogTest : public testing::Test {
 protected:
  LogTest() {
    SetLogging({.service = "test", .level = LogLevel::kInfo, .sink = [this](std::string_view line) {
                  out_ += line;
                }});
  }
  ~LogTest() override { SetLogging({}); }
  std::string out_;
};

TEST_F(LogTest, OneJsonLineWithStableKeys) {
  Log(LogLevel::kWarning, "peer_down",
      {{"code", "UNAVAILABLE"}, {"attempts", 3}, {"ms", absl::Milliseconds(12)}, {"final", true}});
  EXPECT_THAT(out_, AllOf(StartsWith("{\"ts\":\""),
                          EndsWith("\"level\":\"warning\",\"svc\":\"test\",\"event\":\"peer_down\","
                                   "\"code\":\"UNAVAILABLE\",\"attempts\":3,\"ms\":12,\"final\":true}\n")));
}

TEST_F(LogTest, LowerLevelsAreLeftOut) {
  Log(LogLevel::kDebug, "noise");
  EXPECT_THAT(out_, IsEmpty());
}

TEST_F(LogTest, ForgedLinesStayInsideTheirValue) {
  Log(LogLevel::kInfo, "x", {{"method", Label("a\"\n{\"level\":\"error\"}\r\\")}});
  EXPECT_EQ(std::ranges::count(out_, '\n'), 1);
  EXPECT_THAT(out_, HasSubstr(R"("a\"\u000a{\"level\":\"error\"}\u000d\\")"));
}

TEST_F(LogTest, MaskedShowsTheFirstCharacterAndTheLength) {
  Log(LogLevel::kInfo, "x", {{"email", Masked("jean.dupont@example.org")}});
  EXPECT_THAT(out_, AllOf(HasSubstr("j***(23)"), Not(HasSubstr("dupont"))));
  EXPECT_EQ(MaskedText("ab"), "***(2)");
  EXPECT_EQ(MaskedText("élodie"), "***(7)");
}

// Text that nobody vouches for has no way into a line: this is what keeps personal data out of the logs.
static_assert(!std::is_constructible_v<LogValue, const std::string&>);
static_assert(!std::is_constructible_v<LogValue, std::string_view>);

}  // namespace
}  // namespace limpid

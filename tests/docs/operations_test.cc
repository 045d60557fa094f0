// docs/operations.md against the lists that are held to the code: docs/reference/settings.md and
// tests/data/metrics.txt.
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include <gmock/gmock.h>

#include "libs/base/strings.h"

namespace limpid {
namespace {

using ::testing::ContainerEq;
using ::testing::IsSupersetOf;

std::string ReadFile(std::string_view path) {
  std::ifstream in(StrCat(LIMPID_SOURCE_DIR, "/", path));
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::set<std::string> NamesIn(const std::string& text, const char* form) {
  const std::regex name(form);
  std::set<std::string> names;
  for (std::sregex_iterator it(text.begin(), text.end(), name), end; it != end; ++it) names.insert(it->str());
  return names;
}

TEST(Operations, NamesOnlySettingsThatExist) {
  constexpr const char* kSetting = "LIMPID_[A-Z_]*[A-Z]";
  const std::set<std::string> settings = NamesIn(ReadFile("docs/reference/settings.md"), kSetting);
  EXPECT_THAT(settings, IsSupersetOf(NamesIn(ReadFile("docs/operations.md"), kSetting)));
}

TEST(Operations, ExplainsEveryMetricAndNoOther) {
  constexpr const char* kMetric = "limpid_[a-z_]*[a-z]";
  EXPECT_THAT(NamesIn(ReadFile("docs/operations.md"), kMetric),
              ContainerEq(NamesIn(ReadFile("tests/data/metrics.txt"), kMetric)));
}

}  // namespace
}  // namespace limpid

#include "libs/quality/email/typo_index.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

TEST(TypoIndex, FindsExactlyWhatComparingWithEachFinds) {
  const TypoIndex& index = TestData()->email().typos();
  int found = 0;
  const auto compare = [&](const std::string& name) {
    std::vector<const Provider*> expected;
    for (const Provider& provider : index.providers()) {
      if (text::EditDistance(name, provider.name, 1) <= 1) expected.push_back(&provider);
    }
    std::vector<const Provider*> actual;
    for (const TypoIndex::Candidate& candidate : index.FindNames(name)) {
      for (const Provider& provider : candidate.providers) actual.push_back(&provider);
    }
    ASSERT_EQ(actual, expected) << name;
    found += static_cast<int>(actual.size());
  };
  std::string last;
  for (const Provider& provider : index.providers()) {
    const std::string& name = provider.name;
    if (name == last) continue;
    last = name;
    compare(name);
    for (std::size_t i = 0; i <= name.size(); ++i) {
      compare(name.substr(0, i) + "k" + name.substr(i));
      if (i == name.size()) continue;
      compare(name.substr(0, i) + name.substr(i + 1));
      compare(name.substr(0, i) + "k" + name.substr(i + 1));
      if (i + 1 == name.size()) continue;
      std::string swapped = name;
      std::swap(swapped[i], swapped[i + 1]);
      compare(swapped);
    }
  }
  EXPECT_GT(found, 2000);
}

TEST(TypoIndex, HasNothingForEmptyAndOverlongNames) {
  const TypoIndex index({{"gmail", "com", 100, true}});
  EXPECT_TRUE(index.FindNames("").empty());
  EXPECT_TRUE(index.FindNames(std::string(64, 'g')).empty());
  EXPECT_TRUE(index.FindDistant("").empty());
  EXPECT_EQ(index.FindNames("gmai").size(), 1u);
  EXPECT_TRUE(TypoIndex().FindNames("gmail").empty());
}

TEST(TypoIndex, GroupsTheProvidersOfOneName) {
  const TypoIndex index(
      {{"hotmail", "fr", 88, true}, {"gmail", "com", 100, true}, {"hotmail", "com", 90, true}});
  const TypoIndex::Candidates found = index.FindNames("hotmal");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].name(), "hotmail");
  EXPECT_EQ(found[0].providers.size(), 2u);
  EXPECT_EQ(found[0].edit.kind, text::EditKind::kInsert);
}

}  // namespace
}  // namespace limpid::quality

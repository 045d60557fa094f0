#include "libs/quality/email/local_words.h"

#include <gmock/gmock.h>

namespace limpid::quality {
namespace {

TEST(SqueezedLocal, DropsSeparatorsAndWhatIsTooLong) {
  EXPECT_EQ(SqueezedLocal("service-client").view(), "serviceclient");
  EXPECT_EQ(SqueezedLocal("a.b_c-d").view(), "abcd");
  EXPECT_EQ(SqueezedLocal("").view(), "");
  EXPECT_EQ(SqueezedLocal("._-").view(), "");
  EXPECT_EQ(SqueezedLocal(std::string(100, 'a')).view().size(), 64u);
}

TEST(AffixWords, FindWordsAtEitherEnd) {
  const AffixWords words({"noreply", "", "nepasrepondre"});
  EXPECT_TRUE(words.BeginOrEnd("noreply"));
  EXPECT_TRUE(words.BeginOrEnd("noreplyfacture"));
  EXPECT_TRUE(words.BeginOrEnd("facturenepasrepondre"));
  EXPECT_FALSE(words.BeginOrEnd("anoreplyb"));
  EXPECT_FALSE(words.BeginOrEnd("norepl"));
  EXPECT_FALSE(words.BeginOrEnd(""));
  EXPECT_FALSE(AffixWords().BeginOrEnd("noreply"));
}

}  // namespace
}  // namespace limpid::quality

#include "contact-svc/app/page_token.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid::contact {
namespace {

TEST(PageSize, HasADefaultAndABound) {
  EXPECT_EQ(*PageSize(0), 50);
  EXPECT_EQ(*PageSize(7), 7);
  EXPECT_EQ(*PageSize(1'000'000'000), 1000);
  EXPECT_EQ(DetailsOf(PageSize(-1).status()).violations.at(0).field, "page_size");
}

TEST(PageToken, IsReadBackWithTheSameArguments) {
  const std::string token = PageTokenOf({.value = "é\x1fx", .row = 42}, {"contacts", "acme", "filter"});
  const auto end = ReadPageToken(token, {"contacts", "acme", "filter"});
  ASSERT_TRUE(end.ok()) << end.status();
  EXPECT_EQ((*end)->value, "é\x1fx");
  EXPECT_EQ((*end)->row, 42);
}

TEST(PageToken, AnEmptyOneIsTheBeginning) { EXPECT_FALSE(ReadPageToken("", {"a"})->has_value()); }

TEST(PageToken, OtherArgumentsAndNonsenseAreRefused) {
  const std::string token = PageTokenOf({.value = "1", .row = 2}, {"ab", "c"});
  EXPECT_FALSE(ReadPageToken(token, {"a", "bc"}).ok());
  for (const std::string& bad : {std::string("x"), std::string("%%%"), token.substr(0, 4)}) {
    const auto end = ReadPageToken(bad, {"ab", "c"});
    EXPECT_EQ(DetailsOf(end.status()).violations.at(0).reason, "PAGE_TOKEN_INVALID") << bad;
  }
}

}  // namespace
}  // namespace limpid::contact

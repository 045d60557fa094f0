#include "gateway/rpc/page.h"

#include <gmock/gmock.h>

namespace limpid::gateway {
namespace {

TEST(Page, HasASizeWithinBounds) {
  ErrorCollector errors;
  EXPECT_EQ(ReadPage("keys", 0, "", errors).size, 50);
  EXPECT_EQ(ReadPage("keys", 7, "", errors).size, 7);
  EXPECT_EQ(ReadPage("keys", 1'000'000'000, "", errors).size, 1000);
  EXPECT_TRUE(errors.empty());
  ReadPage("keys", -1, "", errors);
  ASSERT_EQ(errors.violations().size(), 1u);
  EXPECT_EQ(errors.violations()[0].field, "page_size");
}

TEST(Page, GoesOnWhereItsTokenSays) {
  ErrorCollector errors;
  EXPECT_EQ(ReadPage("keys", 0, PageToken("keys", "k42"), errors).after, "k42");
  EXPECT_TRUE(errors.empty());
}

TEST(Page, TakesNoTokenOfAnotherListAndNoInventedOne) {
  for (const std::string& token : {PageToken("tenants", "k42"), PageToken("keys", ""), std::string("k42"),
                                   std::string("!"), std::string("a2V5cw")}) {
    ErrorCollector errors;
    ReadPage("keys", 0, token, errors);
    ASSERT_EQ(errors.violations().size(), 1u) << token;
    EXPECT_EQ(errors.violations()[0].reason, "PAGE_TOKEN_INVALID");
  }
}

}  // namespace
}  // namespace limpid::gateway

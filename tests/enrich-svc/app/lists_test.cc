#include <gmock/gmock.h>

#include "enrich-svc/app/list_providers.h"
#include "enrich-svc/app/page.h"
#include "enrich-svc/app/run_filter.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "tests/enrich-svc/app/fake_provider.h"

namespace limpid::enrich {
namespace {

std::string FieldOfViolation(const absl::Status& status) {
  const auto violations = DetailsOf(status).violations;
  return violations.size() == 1 ? violations.front().field : "";
}

TEST(PageLimit, HasADefaultAndAMaximum) {
  EXPECT_EQ(*PageLimit(0), 50U);
  EXPECT_EQ(*PageLimit(7), 7U);
  EXPECT_EQ(*PageLimit(5000), 1000U);
  EXPECT_EQ(FieldOfViolation(PageLimit(-1).status()), "page_size");
}

TEST(PageToken, ReadsBackForItsOwnListAlone) {
  const std::string token = MakePageToken("runs state = \"FAILED\"", "17 e1");
  EXPECT_EQ(*ReadPageToken("runs state = \"FAILED\"", token), "17 e1");
  EXPECT_EQ(*ReadPageToken("runs ", ""), "");
  EXPECT_EQ(FieldOfViolation(ReadPageToken("runs ", token).status()), "page_token");
  EXPECT_EQ(FieldOfViolation(ReadPageToken("runs ", "%%%").status()), "page_token");
  EXPECT_EQ(FieldOfViolation(ReadPageToken("runs ", "abcd").status()), "page_token");
}

TEST(ListProviders, PagesInTheOrderInWhichTheyAreAsked) {
  const ProvidersInForce providers = MakeFakes(
      FakeProvider("b", Completions{}), FakeProvider("a", Completions{}), FakeProvider("c", Completions{}));
  const ListProviders list(providers);
  const auto first = list.Run({}, 2, "");
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->providers.size(), 2U);
  EXPECT_EQ(first->providers[1].id, "a");
  const auto second = list.Run({}, 2, first->next_page_token);
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_EQ(second->providers.size(), 1U);
  EXPECT_EQ(second->providers[0].id, "c");
  EXPECT_EQ(second->next_page_token, "");
  EXPECT_EQ(FieldOfViolation(list.Run({}, 2, MakePageToken("providers", "gone")).status()), "page_token");
}

TEST(RunFilter, ReadsItsTermsInAnyOrder) {
  const auto filter = ParseRunFilter("state=\"FAILED\" AND contact = \"contacts/c1\"");
  ASSERT_TRUE(filter.ok()) << filter.status();
  EXPECT_EQ(filter->contact, ContactId("c1"));
  EXPECT_EQ(filter->state, RunState::kFailed);
  EXPECT_EQ(ParseRunFilter("  ")->contact, std::nullopt);
}

TEST(RunFilter, RefusesEverythingElse) {
  for (const std::string_view text :
       {"state", "state =", "state = FAILED", "state = \"failed\"", "state = \"FAILED", "contact = \"c1\"",
        "contact = \"contacts/\"", "name = \"x\"", "state = \"FAILED\" AND",
        "state = \"FAILED\" OR state = \"X\"", "state = \"FAILED\" AND state = \"FAILED\"", "AND",
        "state > \"FAILED\""}) {
    EXPECT_EQ(FieldOfViolation(ParseRunFilter(text).status()), "filter") << text;
  }
  EXPECT_EQ(FieldOfViolation(ParseRunFilter(std::string(1001, ' ')).status()), "filter");
}

}  // namespace
}  // namespace limpid::enrich

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/request_id.h"
#include "libs/rpc/client.h"
#include "libs/rpc/language.h"

namespace limpid::rpc {
namespace {

TEST(Language, IsTheOneOfOursThatIsLikedBest) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"fr", "fr"},
      {"en-GB", "en"},
      {"FR-ca;q=0.5, en;q=0.4", "fr"},
      {"de, en;q=0.3, fr;q=0.9", "fr"},
      {"en, fr", "en"},
      {"de", ""},
      {"fr;q=0, en;q=0.1", "en"},
      {"fr;quality=1, en;q=x", ""},
      {",,;;, en", "en"},
      {"*", ""},
  };
  for (const auto& [header, language] : cases) EXPECT_EQ(PreferredLanguage(header), language) << header;
}

TEST(RequestId, KeepsOnlyHarmlessOnes) {
  EXPECT_TRUE(IsRequestId("a-B_9.z"));
  EXPECT_TRUE(IsRequestId(std::string(64, 'a')));
  for (const std::string& bad :
       {std::string(), std::string(65, 'a'), std::string("a b"), std::string("a\n"), std::string("é")}) {
    EXPECT_FALSE(IsRequestId(bad)) << bad;
  }
}

TEST(RequestId, NewOnesAreValidAndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(IsRequestId(NewRequestId()));
    seen.insert(NewRequestId());
  }
  EXPECT_EQ(seen.size(), 1000u);
}

TEST(HopBudget, LeavesTheCallerTimeToAnswer) {
  EXPECT_EQ(HopBudget(absl::Milliseconds(800)), absl::Milliseconds(780));
  EXPECT_EQ(HopBudget(absl::Milliseconds(40)), absl::Milliseconds(20));
  EXPECT_EQ(HopBudget(absl::Milliseconds(30)), absl::Milliseconds(15));
  EXPECT_EQ(HopBudget(absl::ZeroDuration()), absl::ZeroDuration());
}

}  // namespace
}  // namespace limpid::rpc

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/request_id.h"
#include "libs/rpc/call_line.h"
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

TEST(CallLine, SaysWhoCallsUnderWhichIdAndInWhichLanguage) {
  PrincipalSigner signer({"key"});
  Call call;
  call.tenant = TenantId("acme");
  call.role = Role::kStandard;
  call.request_id = "request-1";
  call.language = "fr";
  const std::string text = MakeCallLine(call, signer);
  const CallLine line = ReadCallLine(text);
  EXPECT_EQ(line.principal, signer.Sign({.tenant = TenantId("acme"), .role = Role::kStandard}));
  EXPECT_EQ(line.request_id, "request-1");
  EXPECT_EQ(line.language, "fr");
}

TEST(CallLine, LeavesOutWhatWouldLookLikeTwoFields) {
  PrincipalSigner signer({"key"});
  Call call;
  call.request_id = "not one";
  call.language = "fr";
  const std::string text = MakeCallLine(call, signer);
  EXPECT_EQ(ReadCallLine(text).request_id, "");
  EXPECT_EQ(ReadCallLine(text).language, "fr");
}

TEST(CallLine, MayBeShort) {
  EXPECT_EQ(ReadCallLine("").principal, "");
  EXPECT_EQ(ReadCallLine("token").principal, "token");
  EXPECT_EQ(ReadCallLine("token").language, "");
  EXPECT_EQ(ReadCallLine("token id").request_id, "id");
  EXPECT_EQ(ReadCallLine("token id fr more").language, "fr");
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

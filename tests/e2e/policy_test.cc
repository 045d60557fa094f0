// What a tenant lets verification do for it.
#include "tests/e2e/shapes.h"

namespace limpid::e2e {
namespace {

using nlohmann::json;

class VerificationPolicy : public BothShapes {};

TEST_P(VerificationPolicy, IsReadChangedAndGuardedByItsEtag) {
  const HttpAnswer before = TheSuite().Get("/v1/verificationPolicy");
  ASSERT_EQ(before.status, 200) << before.body;
  EXPECT_EQ(before.Json()["challenges"]["dailyMessages"], 1000);

  const std::string etag = before.headers.at("etag");
  const HttpAnswer changed =
      TheSuite().Call("PATCH", "/v1/verificationPolicy?updateMask=phone.deniedTypes",
                      R"({"phone":{"deniedTypes":["PREMIUM_RATE"],"dailyLookups":7}})", {{"If-Match", etag}});
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.Json()["phone"]["deniedTypes"], json::array({"PREMIUM_RATE"}));
  EXPECT_EQ(changed.Json()["phone"]["dailyLookups"], 0) << "not in the mask";
  EXPECT_EQ(TheSuite().Get("/v1/verificationPolicy").body, changed.body);

  const HttpAnswer stale = TheSuite().Call("PATCH", "/v1/verificationPolicy", "{}", {{"If-Match", etag}});
  EXPECT_EQ(stale.status, 412) << stale.body;
  EXPECT_EQ(stale.Json()["reason"], "ETAG_STALE");

  const auto called =
      TheSuite().Grpc("PolicyService/GetVerificationPolicy", {{"name", "verificationPolicy"}});
  EXPECT_EQ(called.status, 0) << called.errors;
  EXPECT_EQ(called.Json(), changed.Json());
}

TEST_P(VerificationPolicy, TellsEveryViolation) {
  const HttpAnswer answer = TheSuite().Call(
      "PATCH", "/v1/verificationPolicy",
      R"({"phone":{"allowedRegions":["FR","nowhere"]},"email":{"knownDomains":["no domain"]}})");
  EXPECT_EQ(answer.status, 400) << answer.body;
  std::vector<std::string> fields;
  const json problem = answer.Json();
  for (const json& error : problem["errors"]) fields.push_back(error["field"]);
  EXPECT_THAT(fields, ::testing::UnorderedElementsAre("policy.email.knownDomains[0]",
                                                      "policy.phone.allowedRegions[1]"));
}

LIMPID_FOR_BOTH_SHAPES(VerificationPolicy);

}  // namespace
}  // namespace limpid::e2e

#include "gateway/identity/cors.h"

#include <string>

#include <gmock/gmock.h>

namespace limpid::gateway {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

TEST(Preflight, OpensCaptureToFormsOnOtherSites) {
  const CorsHeaders headers = PreflightHeaders("https://shop.example", "POST", true);
  EXPECT_THAT(headers, Contains(Pair("Access-Control-Allow-Origin", "https://shop.example")));
  EXPECT_THAT(headers, Contains(Pair("Access-Control-Allow-Methods", "POST")));
  EXPECT_THAT(headers, Contains(Pair("Access-Control-Allow-Headers", HasSubstr("authorization"))));
  EXPECT_THAT(headers, Contains(Pair("Access-Control-Allow-Headers", HasSubstr("idempotency-key"))));
  EXPECT_THAT(headers, Contains(Pair("Vary", HasSubstr("Origin"))));
}

TEST(Preflight, OpensNothingElse) {
  EXPECT_THAT(PreflightHeaders("https://shop.example", "GET", false),
              ElementsAre(Pair("Vary", HasSubstr("Origin"))));
}

TEST(Preflight, RepeatsNothingThatIsNoOrigin) {
  for (const char* origin : {"", "null", "https://shop.example\r\nX: y", "http://shop.example"}) {
    EXPECT_THAT(PreflightHeaders(origin, "POST", true), ElementsAre(Pair("Vary", HasSubstr("Origin"))))
        << origin;
  }
}

TEST(CorsAnswer, NamesAnOriginOfTheKeyAlone) {
  const Identity identity{.role = Role::kCapture, .origins = {"https://shop.example"}};
  EXPECT_THAT(AnswerHeaders("https://shop.example", &identity),
              ElementsAre(Pair("Vary", "Origin"), Pair("Access-Control-Allow-Origin", "https://shop.example"),
                          Pair("Access-Control-Expose-Headers", HasSubstr("retry-after"))));
  for (const char* origin :
       {"https://shop.example:8443", "http://shop.example", "https://shop.example.evil.test", ""}) {
    EXPECT_THAT(AnswerHeaders(origin, &identity), ElementsAre(Pair("Vary", "Origin"))) << origin;
  }
}

TEST(CorsAnswer, TellsStrangersNothing) {
  const Identity standard{.role = Role::kStandard};
  EXPECT_THAT(AnswerHeaders("https://shop.example", &standard), ElementsAre(Pair("Vary", "Origin")));
  EXPECT_THAT(AnswerHeaders("https://shop.example", nullptr), ElementsAre(Pair("Vary", "Origin")));
}

}  // namespace
}  // namespace limpid::gateway

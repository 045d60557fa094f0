// What the doors refuse, and how they say so.
#include "tests/e2e/shapes.h"

namespace limpid::e2e {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class Doors : public BothShapes {};

TEST_P(Doors, NoKeyAndWrongKeysAre401) {
  for (const char* header :
       {"", "Bearer nonsense", "Basic abc", "Bearer lk_0000000000000000000000000000000000000000000"}) {
    const HttpAnswer answer = TheSuite().Call("GET", "/v1/contacts", "", {{"Authorization", header}});
    EXPECT_EQ(answer.status, 401) << header;
    EXPECT_EQ(answer.Json()["code"], "UNAUTHENTICATED");
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
  }
}

TEST_P(Doors, AFloodOfWrongKeysLocksOutNobodyElseBehindTheSameProxy) {
  // gateway.wrong_keys_per_minute, and some more in case a minute ends on the way.
  constexpr int kFlood = 201;
  const auto over_http = [](const char* forwarded) {
    return TheSuite()
        .Call("GET", "/v1/contacts", "", {{"Authorization", "Bearer wrong"}, {"X-Forwarded-For", forwarded}})
        .status;
  };
  const auto over_grpc = [](const char* forwarded) {
    // Without a message: gRPC answers before it is sent, and curl may take that for a failure.
    return Send({.method = "POST",
                 .url = StrCat("http://", TheSuite().grpc_target(),
                               "/limpid.contact.v1.ContactService/ListContacts"),
                 .headers = {{"Content-Type", "application/grpc"},
                             {"TE", "trailers"},
                             {"Authorization", "Bearer wrong"},
                             {"X-Forwarded-For", "203.0.113.9"},  // what the caller claims
                             {"X-Forwarded-For", forwarded}},
                 .http2 = true})
        .headers["grpc-status"];
  };
  int status = 401;
  for (int i = 0; i < kFlood && status == 401; ++i) status = over_http("192.0.2.40");
  EXPECT_EQ(status, 429);
  EXPECT_EQ(over_http("192.0.2.41"), 401);
  EXPECT_EQ(over_grpc("192.0.2.40"), "8") << "RESOURCE_EXHAUSTED: the doors count together";
  EXPECT_EQ(over_grpc("192.0.2.41"), "16") << "UNAUTHENTICATED";
}

TEST_P(Doors, AWrongRoleIs403) {
  const json key = TheSuite().Post("/v1/keys", {{"displayName", "reader"}, {"role", "READER"}}).Json();
  const std::string bearer = "Bearer " + key["secret"].get<std::string>();
  EXPECT_EQ(TheSuite().Call("GET", "/v1/contacts", "", {{"Authorization", bearer}}).status, 200);
  const HttpAnswer answer = TheSuite().Call("POST", "/v1/contacts", "{}", {{"Authorization", bearer}});
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.Json()["reason"], "ROLE_NOT_ALLOWED");
}

TEST_P(Doors, EveryViolationIsToldWithItsPath) {
  const HttpAnswer answer = TheSuite().Call(
      "POST", "/v1/capture:check",
      R"({"email":"a@b.fr","givenName":5,"nonsense":1,"postalAddress":{"regionCode":[]},"depth":"DEEPEST"})");
  EXPECT_EQ(answer.status, 400);
  std::vector<std::string> fields;
  const json problem = answer.Json();
  for (const json& error : problem["errors"]) fields.push_back(error["field"]);
  EXPECT_THAT(fields, UnorderedElementsAre("givenName", "nonsense", "postalAddress.regionCode", "depth"));
  EXPECT_FALSE(problem["requestId"].get<std::string>().empty());
}

TEST_P(Doors, ViolationsOfAnInnerServiceAreToldInJsonNames) {
  const HttpAnswer answer = TheSuite().Post(
      "/v1/contacts",
      {{"birthDate", "yesterday"}, {"externalIds", json::array({{{"system", "CRM!"}, {"id", ""}}})}});
  EXPECT_EQ(answer.status, 400) << answer.body;
  EXPECT_THAT(answer.body, AllOf(HasSubstr("birthDate"), HasSubstr("externalIds[0].system"),
                                 Not(HasSubstr("birth_date"))));
}

TEST_P(Doors, WhatIsNotJsonIs400WithTheOffset) {
  for (const char* body :
       {"{", "{\"email\":\"a@b.fr\",}", "{'email':'a@b.fr'}", "\xff\xfe", "nonsense", "[]"}) {
    const HttpAnswer answer = TheSuite().Call("POST", "/v1/capture:check", body);
    EXPECT_EQ(answer.status, 400) << body;
  }
}

TEST_P(Doors, UnknownPathsAndObjectsAre404AndWrongMethods405) {
  EXPECT_EQ(TheSuite().Get("/v1/nonsense").status, 404);
  EXPECT_EQ(TheSuite().Get("/v1/contacts/unknown").status, 404);
  EXPECT_EQ(TheSuite().Call("DELETE", "/v1/capture:check").status, 405);
}

TEST_P(Doors, InternalMethodsAreNotForwarded) {
  EXPECT_NE(TheSuite().Grpc("limpid.verify.v1.PersonService/VerifyPerson", {{"email", "a@b.fr"}}).status, 0);
  EXPECT_NE(TheSuite().Grpc("limpid.contact.v1.CaptureStoreService/RecordCapture", json::object()).status, 0);
}

TEST_P(Doors, TooLargeCompressedAndForeignBodiesAreRefused) {
  EXPECT_EQ(TheSuite().Call("POST", "/v1/capture:check", std::string(2 << 20, ' ')).status, 413);
  EXPECT_EQ(TheSuite().Call("POST", "/v1/capture:check", "{}", {{"Content-Encoding", "gzip"}}).status, 415);
  EXPECT_EQ(TheSuite().Call("POST", "/v1/capture:check", "a=b", {{"Content-Type", "text/plain"}}).status,
            415);
}

TEST_P(Doors, OverItsQuotaAKeyWaits) {
  const json key = TheSuite().Post("/v1/keys", {{"role", "READER"}, {"ratePerMinute", 1}}).Json();
  const std::string bearer = "Bearer " + key["secret"].get<std::string>();
  HttpAnswer answer;
  for (int i = 0; i < 50 && answer.status != 429; ++i) {
    answer = TheSuite().Call("GET", "/v1/contacts", "", {{"Authorization", bearer}});
  }
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.Json()["reason"], "RATE_LIMITED");
  EXPECT_GE(std::stoi(answer.headers["retry-after"]), 1);
}

TEST_P(Doors, KeysAreRotatedWithAnOverlapAndRevokedAtOnce) {
  const json key = TheSuite().Post("/v1/keys", {{"role", "READER"}}).Json();
  const std::string name = key["name"];
  const auto status_of = [&](const json& holder) {
    return TheSuite()
        .Call("GET", "/v1/contacts", "", {{"Authorization", "Bearer " + holder["secret"].get<std::string>()}})
        .status;
  };
  const json rotated = TheSuite().Post("/v1/" + name + ":rotate", {{"overlap", "3600s"}}).Json();
  EXPECT_NE(rotated["secret"], key["secret"]);
  EXPECT_EQ(status_of(key), 200);
  EXPECT_EQ(status_of(rotated), 200);
  EXPECT_EQ(TheSuite().Get("/v1/" + name).Json()["secret"], "");
  EXPECT_EQ(TheSuite().Post("/v1/" + name + ":revoke", json::object()).status, 200);
  EXPECT_EQ(status_of(key), 401);
  EXPECT_EQ(status_of(rotated), 401);
}

TEST_P(Doors, AFormsKeyIsBoundToItsOriginAndToCapture) {
  const json key =
      TheSuite()
          .Post("/v1/keys", {{"role", "CAPTURE"}, {"origins", json::array({"https://shop.example"})}})
          .Json();
  const std::string bearer = "Bearer " + key["secret"].get<std::string>();
  const auto check = [&](const char* origin) {
    return TheSuite().Call("POST", "/v1/capture:check", R"({"email":"jean@gmail.com"})",
                           {{"Authorization", bearer}, {"Origin", origin}});
  };
  const HttpAnswer allowed = check("https://shop.example");
  EXPECT_EQ(allowed.status, 200) << allowed.body;
  EXPECT_EQ(allowed.headers.at("access-control-allow-origin"), "https://shop.example");
  EXPECT_EQ(check("https://evil.example").status, 403);
  const HttpAnswer typed = TheSuite().Call("POST", "/v1/phones:format", R"({"digits":"06123","caret":5})",
                                           {{"Authorization", bearer}, {"Origin", "https://shop.example"}});
  EXPECT_EQ(typed.Json(), json({{"text", "06 12 3"}, {"caret", 7}, {"possible", true}, {"valid", false}}))
      << typed.body;
  EXPECT_EQ(
      TheSuite()
          .Call("GET", "/v1/contacts", "", {{"Authorization", bearer}, {"Origin", "https://shop.example"}})
          .status,
      403);
}

TEST_P(Doors, AnotherTenantsContactLooksLikeAMissingOne) {
  const json tenant =
      TheSuite().Post("/v1/tenants", {{"tenantId", "other"}, {"tenant", {{"displayName", "Other"}}}}).Json();
  const std::string bearer = "Bearer " + tenant["key"]["secret"].get<std::string>();
  const json contact = TheSuite().Post("/v1/contacts", {{"givenName", "Mine"}}).Json();
  const std::string path = "/v1/" + contact["name"].get<std::string>();
  json foreign = TheSuite().Call("GET", path, "", {{"Authorization", bearer}}).Json();
  json missing = TheSuite().Call("GET", "/v1/contacts/none", "", {{"Authorization", bearer}}).Json();
  for (json* problem : {&foreign, &missing}) {
    problem->erase("requestId");
    problem->erase("instance");
  }
  EXPECT_EQ(foreign, missing);
  EXPECT_EQ(TheSuite().Get(path).status, 200);
}

TEST_P(Doors, AStaleEtagIs412) {
  const json contact = TheSuite().Post("/v1/contacts", {{"givenName", "Etag"}}).Json();
  const std::string path = "/v1/" + contact["name"].get<std::string>();
  const std::string etag = TheSuite().Get(path).headers["etag"];
  EXPECT_EQ(etag, "\"" + contact["etag"].get<std::string>() + "\"");
  EXPECT_EQ(TheSuite().Call("PATCH", path, R"({"familyName":"One"})", {{"If-Match", etag}}).status, 200);
  const HttpAnswer stale = TheSuite().Call("PATCH", path, R"({"familyName":"Two"})", {{"If-Match", etag}});
  EXPECT_EQ(stale.status, 412) << stale.body;
  EXPECT_EQ(stale.Json()["reason"], "ETAG_STALE");
}

TEST_P(Doors, OpenApiAndVersionNeedNoKey) {
  const HttpAnswer openapi = Send({.url = TheSuite().http_url() + "/openapi.json"});
  EXPECT_EQ(openapi.status, 200);
  EXPECT_EQ(openapi.Json()["openapi"], "3.1.0");
  EXPECT_TRUE(openapi.Json()["paths"].contains("/v1/capture:check"));
  const HttpAnswer version = Send({.url = TheSuite().http_url() + "/version"});
  EXPECT_EQ(version.status, 200);
  EXPECT_TRUE(version.Json().contains("version"));
}

TEST_P(Doors, TheRequestIdIsKeptOrMade) {
  EXPECT_EQ(
      TheSuite().Call("GET", "/v1/contacts", "", {{"X-Request-Id", "abc-1.2_3"}}).headers["x-request-id"],
      "abc-1.2_3");
  EXPECT_NE(TheSuite().Call("GET", "/v1/contacts", "", {{"X-Request-Id", "a b"}}).headers["x-request-id"],
            "a b");
}

TEST_P(Doors, LogsHoldNoPersonalDataAndNoKey) {
  TheSuite().Post("/v1/capture:submit", {{"email", "secretive.person@orange.fr"},
                                         {"phone", "0620999988"},
                                         {"givenName", "Unspeakable"},
                                         {"nonsense", "secretive"}});
  TheSuite().Post(
      "/v1/capture:submit",
      {{"email", "secretive.person@orange.fr"}, {"phone", "0620999988"}, {"givenName", "Unspeakable"}});
  TheSuite().Get("/v1/contacts?filter=email%3D%22secretive.person%40orange.fr%22");
  EXPECT_THAT(TheSuite().Logs(), AllOf(Not(HasSubstr("secretive")), Not(HasSubstr("620999988")),
                                       Not(HasSubstr("Unspeakable")), Not(HasSubstr(TheSuite().key()))));
}

LIMPID_FOR_BOTH_SHAPES(Doors);

}  // namespace
}  // namespace limpid::e2e

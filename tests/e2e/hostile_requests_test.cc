// What holds for every call of the API, whoever asks and whatever is sent. The calls are those that the
// gateway itself describes, so that a new one is held to it without a line here.
#include <limits>
#include <map>
#include <sstream>

#include "libs/base/strings.h"
#include "tests/e2e/api_description.h"
#include "tests/e2e/hostile_request.h"
#include "tests/e2e/shapes.h"

namespace limpid::e2e {
namespace {

using nlohmann::json;
using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr uint32_t kSeed = 20261122;
constexpr int kRequests = 1500;
constexpr const char* kOrigin = "https://shop.example";

/// What is wrong with an error's body (RFC 9457, and what the contract adds); empty when nothing is.
std::string FaultOfProblem(const HttpAnswer& answer) {
  const json problem = answer.Json();
  if (!problem.is_object()) return "is no JSON object";
  const auto type = answer.headers.find("content-type");
  if (type == answer.headers.end() || type->second != "application/problem+json")
    return "has another content type";
  for (const char* member :
       {"type", "title", "status", "detail", "instance", "code", "reason", "requestId"}) {
    if (!problem.contains(member)) return StrCat("lacks ", member);
  }
  if (problem["status"] != answer.status) return "names another status";
  if (answer.status == 429 && !answer.headers.contains("retry-after"))
    return "does not say when to come again";
  return "";
}

class HostileCallers : public BothShapes {
 protected:
  /// Headers of a caller with a key of this role; the empty role has none.
  Headers As(const std::string& role) {
    if (role.empty()) return {{"Authorization", ""}};
    std::string& secret = Secrets()[role];
    if (secret.empty()) {
      json key = {{"role", role}, {"ratePerMinute", 1'000'000}};
      if (role == "CAPTURE") key["origins"] = json::array({kOrigin});
      secret = TheSuite().Post("/v1/keys", key).Json()["secret"];
    }
    Headers headers = {{"Authorization", "Bearer " + secret}, {"Content-Type", "application/json"}};
    if (role == "CAPTURE") headers.emplace_back("Origin", kOrigin);
    return headers;
  }

  const ApiDescription api_{TheSuite().Get("/openapi.json").Json()};

 private:
  static std::map<std::string, std::string>& Secrets() {
    static std::map<Shape, std::map<std::string, std::string>> secrets;
    return secrets[GetParam()];
  }
};

TEST_P(HostileCallers, EachCallAdmitsTheRolesThatItNamesAndNoOther) {
  for (const Operation& operation : api_.operations()) {
    for (const char* role : {"", "CAPTURE", "READER", "STANDARD", "ADMIN", "OPERATOR"}) {
      if (operation.stream && operation.Admits(role)) continue;  // it would not end
      const std::string body = operation.body.is_null() ? "" : "{}";
      const HttpAnswer answer = TheSuite().Call(operation.method, operation.PathWith("none"), body, As(role));
      const std::string what = StrCat(operation.method, " ", operation.path, " as ", role, ": ", answer.body);
      if (operation.Admits(role)) {
        EXPECT_TRUE(answer.status != 401 && answer.status != 403 && answer.status < 500) << what;
      } else {
        EXPECT_EQ(answer.status, *role == '\0' ? 401 : 403) << what;
      }
      if (answer.status >= 400) {
        EXPECT_EQ(FaultOfProblem(answer), "") << what;
      }
    }
  }
}

TEST_P(HostileCallers, WhateverIsSentIsAnsweredAndNeverByAFaultOfOurs) {
  HostileRequests requests(api_, kSeed);
  std::map<int, int> answers;
  for (int i = 0; i < kRequests; ++i) {
    const Operation& operation = api_.operations()[static_cast<size_t>(i) % api_.operations().size()];
    const HostileRequest request = requests.For(operation);
    // A stream that is admitted ends with the caller alone.
    const char* role = operation.stream ? "CAPTURE" : i % 5 == 0 ? "CAPTURE" : "OPERATOR";
    const HttpAnswer answer = TheSuite().Call(request.method, request.target, request.body, As(role));
    ++answers[answer.status];
    const std::string what =
        StrCat(i, ": ", request.method, " ", request.target, " ", request.body.substr(0, 2000), "\n-> ",
               answer.status, " ", answer.body.substr(0, 1000));
    ASSERT_TRUE(answer.status >= 200 && answer.status < 500) << what;
    if (answer.status >= 400) {
      EXPECT_EQ(FaultOfProblem(answer), "") << what;
    } else {
      EXPECT_FALSE(answer.Json().is_discarded()) << what;
    }
  }
  // The requests are not so strange that nothing gets past the door.
  EXPECT_GT(answers[200], kRequests / 50);
  EXPECT_GT(answers[400], kRequests / 10);
}

TEST_P(HostileCallers, BytesThatAreNoMessageAreToldSoByEveryMethodOfTheGrpcDoor) {
  // A frame of gRPC: not compressed, two bytes long; in it a field of 127 bytes that are not there.
  const std::string frame("\0\0\0\0\x02\x0a\x7f", 7);
  const std::string methods = TheSuite().Cli({"call", "--list"}).output;
  std::istringstream lines(methods);
  int asked = 0;
  for (std::string method; lines >> method; lines.ignore(std::numeric_limits<std::streamsize>::max(), '\n')) {
    Headers headers = As("OPERATOR");
    headers[1].second = "application/grpc";
    headers.emplace_back("TE", "trailers");
    const HttpAnswer answer = Send({.method = "POST",
                                    .url = StrCat("http://", TheSuite().grpc_target(), "/", method),
                                    .headers = headers,
                                    .body = frame,
                                    .http2 = true});
    const auto status = answer.headers.find("grpc-status");
    ASSERT_NE(status, answer.headers.end()) << method;
    EXPECT_EQ(status->second, "3") << method;
    ++asked;
  }
  EXPECT_GE(asked, 40) << methods;
}

LIMPID_FOR_BOTH_SHAPES(HostileCallers);

}  // namespace
}  // namespace limpid::e2e

#include "libs/http/message.h"

#include <string>

#include <gmock/gmock.h>

#include "libs/http/request_id.h"
#include "libs/http/response_head.h"

namespace limpid::http {
namespace {

using testing::Optional;

TEST(Request, SplitsTheTargetIntoPathAndQuery) {
  const Request request("GET", "/v1/contacts?pageSize=5&filter=a?b");
  EXPECT_EQ(request.path(), "/v1/contacts");
  EXPECT_EQ(request.query(), "pageSize=5&filter=a?b");
  EXPECT_EQ(Request("GET", "/a").query(), "");
  EXPECT_EQ(Request("GET", "/a").path(), "/a");
}

TEST(Request, HeadersAreFoundWithoutCaseAndSurviveAMove) {
  Request request("GET", "/");
  request.AddHeader("X-A", "1");
  request.AddHeader("Accept", "text/html");
  const Request moved = std::move(request);
  EXPECT_THAT(moved.Header("x-a"), Optional(std::string_view("1")));
  EXPECT_THAT(moved.Header("ACCEPT"), Optional(std::string_view("text/html")));
  EXPECT_EQ(moved.Header("X-B"), std::nullopt);
}

TEST(RequestId, IsKeptOnlyWhenItCannotForgeAnything) {
  const auto kept = [](std::string_view given) {
    Request request("GET", "/");
    request.AddHeader("X-Request-Id", given);
    return RequestIdOf(request) == given;
  };
  EXPECT_TRUE(kept("a-B_9.z"));
  EXPECT_TRUE(kept(std::string(64, 'x')));
  EXPECT_FALSE(kept(std::string(65, 'x')));
  EXPECT_FALSE(kept(""));
  EXPECT_FALSE(kept("a b"));
  EXPECT_FALSE(kept("é"));
  EXPECT_FALSE(kept("a\nb"));
  EXPECT_NE(RequestIdOf(Request("GET", "/")), RequestIdOf(Request("GET", "/")));
}

TEST(ResponseHead, LeavesOutFieldsThatWouldBreakTheFraming) {
  std::string out;
  AppendHead(200, {{"A", "1"}, {"B", "x\r\nEvil: 1"}, {"content-length", "5"}, {"Transfer-Encoding", "x"}},
             {.content_length = 2, .close = true, .date = "D"}, out);
  EXPECT_EQ(out, "HTTP/1.1 200 OK\r\nA: 1\r\nDate: D\r\nContent-Length: 2\r\nConnection: close\r\n\r\n");
}

TEST(ResponseHead, NothingHasNoLength) {
  std::string out;
  AppendHead(204, {}, {.content_length = 0}, out);
  EXPECT_EQ(out, "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST(ResponseHead, DatesAreThoseOfRfc9110) {
  EXPECT_EQ(HttpDate(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace limpid::http

#include "libs/http/client.h"

#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/clock.h"
#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "libs/http/server.h"
#include "tests/libs/http/canned_server.h"

namespace limpid::http {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

Client::Options Local() {
  Client::Options options;
  options.guard.allowed = {*AddressBlock::Parse("127.0.0.1")};
  options.connect_timeout = absl::Seconds(20);
  return options;
}

absl::StatusOr<FetchResponse> Fetch(Client& client, const Call& call, FetchRequest request) {
  std::promise<absl::StatusOr<FetchResponse>> answer;
  client.Fetch(call, std::move(request),
               [&answer](absl::StatusOr<FetchResponse> response) { answer.set_value(std::move(response)); });
  return answer.get_future().get();
}

/// Answers with what it was asked.
class Echo final : public Handler {
 public:
  void Handle(Request request, Responder responder) override {
    std::string head;
    for (size_t i = 0; i < request.header_count(); ++i) {
      StrAppend(head, request.HeaderAt(i).first, ": ", request.HeaderAt(i).second, "\n");
    }
    responder.Send({.status = 201,
                    .headers = {{"X-Head", "Value"}},
                    .body = StrCat(request.method(), " ", request.target(), "\n", head, "\n", request.body)});
  }
};

class HttpClientTest : public testing::Test {
 protected:
  std::string EchoUrl(std::string_view path) { return StrCat("http://127.0.0.1:", echo_->port(), path); }

  std::unique_ptr<Server> echo_ = *Server::Start({}, std::make_shared<Echo>());
  Client client_{Local()};
};

TEST_F(HttpClientTest, SendsAndReceives) {
  const auto response = Fetch(client_, {},
                              {.method = "POST",
                               .url = EchoUrl("/a?b=c"),
                               .headers = {{"X-Key", "k"}, {"X-Empty", ""}},
                               .body = "{}"});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 201);
  EXPECT_THAT(response->headers, Contains(Pair("x-head", "Value")));
  EXPECT_THAT(response->body, HasSubstr("POST /a?b=c\n"));
  EXPECT_THAT(response->body, HasSubstr("X-Key: k\n"));
  EXPECT_THAT(response->body, HasSubstr("X-Empty: \n"));
  EXPECT_THAT(response->body, testing::EndsWith("\n{}"));
  EXPECT_THAT(response->body, testing::Not(HasSubstr("Accept-Encoding")));
}

TEST_F(HttpClientTest, OtherMethodsCarryTheirBodies) {
  const auto put = Fetch(client_, {}, {.method = "PUT", .url = EchoUrl("/p"), .body = "x"});
  EXPECT_THAT(put->body, HasSubstr("PUT /p\n"));
  const auto removed = Fetch(client_, {}, {.method = "DELETE", .url = EchoUrl("/d")});
  EXPECT_THAT(removed->body, HasSubstr("DELETE /d\n"));
  const auto head = Fetch(client_, {}, {.method = "HEAD", .url = EchoUrl("/h")});
  EXPECT_EQ(head->status, 201);
  EXPECT_EQ(head->body, "");
}

TEST_F(HttpClientTest, ManyAtOnceShareAFewConnections) {
  std::vector<std::promise<int>> answers(200);
  for (auto& answer : answers) {
    client_.Fetch({}, {.url = EchoUrl("/")}, [&answer](absl::StatusOr<FetchResponse> response) {
      answer.set_value(response.ok() ? response->status : 0);
    });
  }
  for (auto& answer : answers) EXPECT_EQ(answer.get_future().get(), 201);
  EXPECT_LE(echo_->open_connections(), 32u);
}

TEST_F(HttpClientTest, RedirectsAreNotFollowed) {
  CannedServer target([](const CannedServer::Connection&) {});
  CannedServer redirecting([&target](const CannedServer::Connection& connection) {
    connection.Send(
        StrCat("HTTP/1.1 302 Found\r\nLocation: ", target.url(), "\r\nContent-Length: 0\r\n\r\n"));
  });
  const auto response = Fetch(client_, {}, {.url = redirecting.url()});
  EXPECT_EQ(response->status, 302);
  EXPECT_EQ(redirecting.connections(), 1);
  EXPECT_EQ(target.connections(), 0);
}

TEST_F(HttpClientTest, OnlyHttpAndHttpsAreSpoken) {
  for (const char* url : {"file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/",
                          "dict://127.0.0.1/", "", "http://", "not a url"}) {
    EXPECT_EQ(Fetch(client_, {}, {.url = url}).status().code(), absl::StatusCode::kInvalidArgument) << url;
  }
}

TEST_F(HttpClientTest, NothingIsSmuggledIntoTheHead) {
  EXPECT_EQ(Fetch(client_, {}, {.url = EchoUrl("/"), .headers = {{"A", "1\r\nB: 2"}}}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Fetch(client_, {}, {.method = "GET / HTTP/1.1\r\nB: 2\r\n", .url = EchoUrl("/")}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

// Every spelling of an address that is not public, at a listener that must never be called.
TEST_F(HttpClientTest, PrivateAddressesAreRefusedHoweverTheyAreSpelled) {
  CannedServer never([](const CannedServer::Connection&) {});
  Client strict({.connect_timeout = absl::Seconds(20)});
  std::vector<std::string> urls;
  std::ifstream in(LIMPID_SOURCE_DIR "/tests/data/reliability/ssrf_urls.json");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  for (size_t at = text.find("\"http"); at != std::string::npos; at = text.find("\"http", at)) {
    const size_t end = text.find('"', at + 1);
    urls.push_back(text.substr(at + 1, end - at - 1));
    at = end;
  }
  ASSERT_GE(urls.size(), 4u);
  for (const char* host : {"127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost",
                           "LOCALHOST", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]",
                           "0.0.0.0", "0", "user:secret@127.0.0.1", "example.org@127.0.0.1"}) {
    urls.push_back(StrCat("http://", host, ":%d/"));
  }
  for (std::string url : urls) {
    if (const size_t port = url.find("%d"); port != std::string::npos)
      url.replace(port, 2, StrCat(never.port()));
    const absl::Status status = Fetch(strict, {}, {.url = url}).status();
    EXPECT_EQ(ReasonOf(status), "ADDRESS_NOT_ALLOWED") << url << " " << status;
  }
  EXPECT_EQ(never.connections(), 0);
}

TEST_F(HttpClientTest, AHugeAnswerIsCut) {
  CannedServer huge([](const CannedServer::Connection& connection) {
    connection.Send("HTTP/1.1 200 OK\r\n\r\n");
    while (connection.Send(std::string(64 * 1024, 'x'))) {
    }
  });
  const auto response = Fetch(client_, {}, {.url = huge.url()});
  EXPECT_EQ(response.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(DetailsOf(response.status()).metadata, Contains(Pair("cause", "ANSWER_TOO_LARGE")));
}

TEST_F(HttpClientTest, EndlessHeadersAreCut) {
  CannedServer endless([](const CannedServer::Connection& connection) {
    connection.Send("HTTP/1.1 200 OK\r\n");
    while (connection.Send("A: " + std::string(1000, 'x') + "\r\n")) {
    }
  });
  EXPECT_EQ(Fetch(client_, {}, {.url = endless.url()}).status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(HttpClientTest, ACompressedAnswerIsNotInflated) {
  CannedServer zipped([](const CannedServer::Connection& connection) {
    connection.Send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08!");
  });
  const auto response = Fetch(client_, {}, {.url = zipped.url()});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "\x1f\x8b\x08!");
}

TEST_F(HttpClientTest, BrokenAnswersAreUnavailable) {
  for (const char* bytes : {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "garbage\r\n\r\n",
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    CannedServer broken([bytes](const CannedServer::Connection& connection) { connection.Send(bytes); });
    EXPECT_EQ(Fetch(client_, {}, {.url = broken.url()}).status().code(), absl::StatusCode::kUnavailable)
        << bytes;
  }
}

TEST_F(HttpClientTest, NobodyThereIsUnavailable) {
  const std::string url = [] { return CannedServer([](const CannedServer::Connection&) {}).url(); }();
  EXPECT_EQ(Fetch(client_, {}, {.url = url}).status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(HttpClientTest, ASilentPeerCostsTheDeadlineAndNoMore) {
  CannedServer silent([](const CannedServer::Connection& connection) { connection.AwaitClose(); });
  const Call call = Call().Within(absl::Milliseconds(30));
  EXPECT_EQ(Fetch(client_, call, {.url = silent.url()}).status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(Fetch(client_, call, {.url = silent.url()}).status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(HttpClientTest, CancellingEndsTheTransfer) {
  std::promise<void> connected;
  CannedServer silent([&connected](const CannedServer::Connection& connection) {
    connected.set_value();
    connection.AwaitClose();
  });
  std::stop_source stop;
  Call call;
  call.stop = stop.get_token();
  std::promise<absl::Status> answer;
  client_.Fetch(call, {.url = silent.url()},
                [&answer](absl::StatusOr<FetchResponse> response) { answer.set_value(response.status()); });
  connected.get_future().wait();
  stop.request_stop();
  EXPECT_EQ(answer.get_future().get().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Fetch(client_, call, {.url = silent.url()}).status().code(), absl::StatusCode::kCancelled);
}

TEST_F(HttpClientTest, MoreThanTheClientHoldsIsRefusedAtOnce) {
  CannedServer silent([](const CannedServer::Connection& connection) { connection.AwaitClose(); });
  Client::Options options = Local();
  options.max_in_flight = 1;
  std::promise<absl::Status> first;
  {
    Client small(options);
    small.Fetch({}, {.url = silent.url()},
                [&first](absl::StatusOr<FetchResponse> response) { first.set_value(response.status()); });
    EXPECT_EQ(Fetch(small, {}, {.url = silent.url()}).status().code(), absl::StatusCode::kResourceExhausted);
  }
  // The end of the client ends what it holds.
  EXPECT_EQ(first.get_future().get().code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace limpid::http

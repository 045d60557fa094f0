#include "libs/http/server.h"

#include <atomic>
#include <fstream>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "absl/strings/str_format.h"

#include "libs/base/strings.h"
#include "libs/http/ops.h"
#include "tests/libs/http/raw_client.h"

namespace limpid::http {
namespace {

using namespace std::string_literals;
using testing::AnyOf;
using testing::Eq;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class FunctionHandler final : public Handler {
 public:
  using Function = std::function<void(Request, Responder)>;
  explicit FunctionHandler(Function function) : function_(std::move(function)) {}
  void Handle(Request request, Responder responder) override {
    function_(std::move(request), std::move(responder));
  }

 private:
  const Function function_;
};

std::unique_ptr<Server> Serve(FunctionHandler::Function function, Server::Options options = {}) {
  auto server = Server::Start(std::move(options), std::make_shared<FunctionHandler>(std::move(function)));
  EXPECT_TRUE(server.ok()) << server.status();
  return *std::move(server);
}

void Echo(Request request, Responder responder) {
  const std::string text = StrCat(request.method(), " ", request.target(), " ", request.body);
  responder.Send({.status = 200, .headers = {{"Content-Type", "text/plain"}}, .body = text});
}

std::string Get(std::string_view path) { return StrCat("GET ", path, " HTTP/1.1\r\nHost: h\r\n\r\n"); }

std::string Post(std::string_view body) {
  return StrCat("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: ", body.size(), "\r\n\r\n", body);
}

/// Sends one thing on a connection of its own and gives back all that comes until the server closes.
std::string Exchange(const Server& server, std::string_view bytes) {
  RawClient client(server.port());
  client.Send(bytes);
  client.HalfClose();
  return client.ReadAll();
}

TEST(HttpServer, AnswersSeveralRequestsOnOneConnection) {
  const auto server = Serve(Echo);
  RawClient client(server->port());
  for (const char* body : {"one", "", "three"}) {
    client.Send(Post(body));
    const std::string answer = client.ReadAnswer();
    EXPECT_EQ(StatusOf(answer), 200);
    EXPECT_EQ(BodyOf(answer), StrCat("POST /p ", body));
    EXPECT_THAT(answer, HasSubstr("\r\nDate: "));
  }
}

TEST(HttpServer, PipelinedRequestsAreAnsweredInOrder) {
  // The first answer comes last: from another thread, after the second request was long sent.
  std::vector<std::thread> threads;
  const auto server = Serve([&threads](Request request, Responder responder) {
    threads.emplace_back([request = std::move(request), responder = std::move(responder)]() mutable {
      responder.Send({.body = std::string(request.path())});
    });
  });
  RawClient client(server->port());
  client.Send(Get("/1") + Get("/2") + Get("/3"));
  for (const char* path : {"/1", "/2", "/3"}) EXPECT_EQ(BodyOf(client.ReadAnswer()), path);
  for (std::thread& thread : threads) thread.join();
}

TEST(HttpServer, ReadsBodiesInPiecesAndInChunks) {
  const auto server = Serve(Echo);
  RawClient client(server->port());
  client.Send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n");
  client.Send("\r\nabc");
  client.Send("def");
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "POST /a abcdef");
  client.Send("POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
  client.Send("2;x=y\r\nde\r\n0\r\nContent-Encoding: gzip\r\n\r\n");
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "POST /b abcde");
}

TEST(HttpServer, TellsWhoAsks) {
  const auto who = [](Request request, Responder responder) {
    responder.Send({.body = request.remote_address});
  };
  for (const char* host : {"127.0.0.1", "::"}) {
    auto server = Server::Start({.host = host}, std::make_shared<FunctionHandler>(who));
    if (!server.ok()) continue;  // A machine without IPv6.
    EXPECT_EQ(BodyOf(Exchange(**server, Get("/"))), "127.0.0.1") << host;
  }
}

TEST(HttpServer, HeadHasTheLengthAndNoBody) {
  const auto server = Serve(Echo);
  const std::string answer = Exchange(*server, "HEAD /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 8\r\n"));
  EXPECT_EQ(BodyOf(answer), "");
}

TEST(HttpServer, TellsAClientThatWaitsToGoOn) {
  const auto server = Serve(Echo);
  RawClient client(server->port());
  client.Send("POST /e HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  ASSERT_TRUE(client.ReadUntil("100 Continue\r\n\r\n"));
  client.Send("ok");
  EXPECT_TRUE(client.ReadUntil("POST /e ok"));
}

TEST(HttpServer, UnderstandsAbsoluteTargetsAndHttp10) {
  const auto server = Serve(Echo);
  EXPECT_EQ(BodyOf(Exchange(*server, "GET http://h/a?b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")),
            "GET /a?b ");
  EXPECT_EQ(BodyOf(Exchange(*server, "GET /a HTTP/1.0\r\n\r\n")), "GET /a ");
}

// One row per shape of broken or ambiguous HTTP (RFC 9112): one answer, then the connection ends.
TEST(HttpServer, BrokenAndAmbiguousRequestsAreRefused) {
  std::atomic<int> handled = 0;
  const auto server = Serve([&handled](Request request, Responder responder) {
    ++handled;
    Echo(std::move(request), std::move(responder));
  });
  struct Row {
    const char* what;
    std::string bytes;
    int status;
  };
  const std::string smuggled = Get("/smuggled");
  std::string many_headers = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 100; ++i) StrAppend(many_headers, "A", i, ": 1\r\n");
  std::string many_extensions = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) StrAppend(many_extensions, "1;", std::string(1000, 'x'), "\r\na\r\n");
  for (const Row& row : {
           Row{"not HTTP", "hello\r\n\r\n", 400},
           Row{"TLS to a plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400},
           Row{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
           Row{"no version", "GET /\r\n\r\n", 400},
           Row{"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
           Row{"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
           Row{"space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
           Row{"control character", std::string("GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n"), 400},
           Row{"target without slash", "GET x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
           Row{"CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
           Row{"length twice",
               "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nabcde", 400},
           Row{"two lengths",
               "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 0\r\n\r\n" + smuggled,
               400},
           Row{"length list", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nabcde", 400},
           Row{"length with sign", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde", 400},
           Row{"negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nabcde", 400},
           Row{"hex length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\nabcde", 400},
           Row{"length then chunked",
               "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: "
               "chunked\r\n\r\n0\r\n\r\n" +
                   smuggled,
               400},
           Row{"chunked then length",
               "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: "
               "5\r\n\r\n0\r\n\r\n" +
                   smuggled,
               400},
           Row{"chunked twice",
               "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
               "chunked\r\n\r\n0\r\n\r\n",
               400},
           Row{"chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
           Row{"unknown coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n" + smuggled,
               501},
           Row{"chunked first",
               "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 501},
           Row{"hidden chunked",
               "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n", 400},
           Row{"bad chunk size", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
               400},
           Row{"huge chunk size",
               "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", 400},
           Row{"chunk without its end",
               "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400},
           Row{"endless chunk extension",
               "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
                   std::string(20'000, 'x'),
               431},
           Row{"endless chunk extensions", many_extensions, 431},
           Row{"two keys", "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: a\r\nauthorization: b\r\n\r\n", 400},
           Row{"target with a fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
           Row{"target beyond ASCII", "GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n", 400},
           Row{"bare line feeds", "GET / HTTP/1.1\nHost: a\n\n", 400},
           Row{"a bare line feed", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", 400},
           Row{"a bare carriage return", "GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n", 400},
           Row{"a folded coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked, x\r\n\r\n",
               501},
           Row{"NUL in a field", "GET / HTTP/1.1\r\nHost: a\r\nX: y\0z\r\n\r\n"s, 400},
           Row{"NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"s, 400},
           Row{"space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
           Row{"space before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
           Row{"no name", "GET / HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n", 400},
           Row{"chunk size with sign",
               "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\na\r\n0\r\n\r\n", 400},
           Row{"chunk size in hex notation",
               "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n", 400},
           Row{"chunk size that wraps around",
               "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000001\r\na\r\n",
               400},
           Row{"chunk size that ends with a bare line feed",
               "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n", 400},
           Row{"length that wraps around",
               "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551617\r\n\r\na", 400},
           Row{"no length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\na", 400},
           Row{"gzip body",
               "POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx", 415},
           Row{"strange expectation",
               "POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 1\r\n\r\nx", 400},
           Row{"too many headers", many_headers + "\r\n", 431},
           Row{"head too large", "GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(17'000, 'a') + "\r\n\r\n",
               431},
           Row{"target too large", "GET /" + std::string(17'000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 431},
           Row{"body too large", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\n\r\n", 413},
           Row{"chunks too large",
               "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n", 413},
       }) {
    const std::string answer = Exchange(*server, row.bytes);
    EXPECT_EQ(StatusOf(answer), row.status) << row.what << "\n" << answer;
    EXPECT_EQ(answer.find("HTTP/1.1 ", 1), std::string::npos) << row.what << ": more than one answer\n"
                                                              << answer;
    EXPECT_THAT(answer, HasSubstr("application/problem+json")) << row.what;
    EXPECT_THAT(answer, HasSubstr("\"requestId\":")) << row.what;
    EXPECT_THAT(answer, HasSubstr("Connection: close")) << row.what;
  }
  EXPECT_EQ(handled, 0);
  EXPECT_EQ(StatusOf(Exchange(*server, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")), 200);
}

// Requests cut, doubled and bent at random, in pieces that fall anywhere: each connection ends with answers
// in order or none, and the server goes on.
TEST(HttpServer, NothingThatIsSentBreaksIt) {
  const auto server = Serve(Echo);
  const std::string requests[] = {
      Get("/a?b=c"),
      Post("hello"),
      "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n",
      "POST /e HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok",
      "HEAD http://h/d HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
  };
  const std::string bytes = "\r\n\t :;,=/%0123456789abcdefx\xff"s + '\0';
  std::mt19937 random(9);
  for (int round = 0; round < 600; ++round) {
    std::string sent;
    for (size_t i = 0; i <= random() % 4; ++i) sent += requests[random() % std::size(requests)];
    for (size_t change = random() % 4; change > 0 && !sent.empty(); --change) {
      const size_t at = random() % sent.size();
      switch (random() % 4) {
        case 0:
          sent.erase(at, 1 + random() % 8);
          break;
        case 1:
          sent.insert(at, 1, bytes[random() % bytes.size()]);
          break;
        case 2:
          sent[at] = bytes[random() % bytes.size()];
          break;
        default:
          sent.insert(at, sent.substr(at, random() % 40));
      }
    }
    RawClient client(server->port());
    for (std::string_view rest = sent; !rest.empty();) {
      const std::string_view piece = rest.substr(0, 1 + random() % 64);
      if (!client.Send(piece)) break;
      rest.remove_prefix(piece.size());
    }
    client.HalfClose();
    const std::string answers = client.ReadAll();
    EXPECT_TRUE(answers.empty() || answers.starts_with("HTTP/1.1 ")) << sent << "\n---\n" << answers;
  }
  EXPECT_EQ(StatusOf(Exchange(*server, Get("/still"))), 200);
}

TEST(HttpServer, ARefusalNamesTheRequestThatItAnswers) {
  const auto server = Serve(Echo);
  const std::string answer = Exchange(
      *server, "POST /v1/x?q HTTP/1.1\r\nHost: h\r\nX-Request-Id: mine\r\nContent-Length: 9999999\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr(R"("instance":"/v1/x")"));
  EXPECT_THAT(answer, HasSubstr(R"("reason":"BODY_TOO_LARGE")"));
  EXPECT_THAT(answer, HasSubstr(R"("requestId":"mine")"));
}

TEST(HttpServer, TheRefusalOfALargeBodyReachesAClientThatGoesOnSending) {
  const auto server = Serve(Echo);
  RawClient client(server->port());
  client.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000\r\n\r\n");
  client.Send(std::string(4'000'000, 'x'));
  EXPECT_EQ(StatusOf(client.ReadAnswer()), 413);
}

TEST(HttpServer, AnIncompleteRequestEndsWithItsConnection) {
  const auto server = Serve(Echo);
  EXPECT_EQ(Exchange(*server, "GET / HTTP/1.1\r\nHost"), "");
  EXPECT_EQ(Exchange(*server, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc"), "");
}

TEST(HttpServer, SlowClientsAreCut) {
  const absl::Duration soon = absl::Milliseconds(40);
  const auto server = Serve(Echo, {.head_timeout = soon, .body_timeout = soon, .idle_timeout = soon});
  RawClient silent(server->port()), head(server->port()), body(server->port()), idle(server->port());
  head.Send("GET / HT");
  body.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
  idle.Send(Get("/"));
  EXPECT_THAT(idle.ReadAnswer(), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(silent.ReadAll(), IsEmpty());
  EXPECT_THAT(head.ReadAll(), IsEmpty());
  EXPECT_THAT(body.ReadAll(), IsEmpty());
  EXPECT_THAT(idle.ReadAll(), IsEmpty());
}

TEST(HttpServer, AClientThatReadsNothingIsCut) {
  std::promise<absl::Status> ended;
  const auto server = Serve(
      [&ended](Request, Responder responder) {
        auto stream = std::make_shared<ResponseStream>(responder.Stream(200, {}));
        // Writes until the client no longer takes anything and the server gives up.
        auto write = std::make_shared<std::function<void()>>();
        *write = [&ended, stream, write] {
          stream->Write(std::string(1 << 20, 'x'), [&ended, write](absl::Status status) {
            if (status.ok()) return (*write)();
            ended.set_value(status);
            *write = nullptr;
          });
        };
        (*write)();
      },
      {.body_timeout = absl::Milliseconds(40)});
  RawClient client(server->port());
  client.Send(Get("/"));
  EXPECT_EQ(ended.get_future().get().code(), absl::StatusCode::kCancelled);
}

TEST(HttpServer, TheStopTokenFiresWhenTheClientGoes) {
  std::promise<Responder> held;
  std::promise<void> gone;
  std::unique_ptr<std::stop_callback<std::function<void()>>> watch;
  const auto server = Serve([&](Request request, Responder responder) {
    watch = std::make_unique<std::stop_callback<std::function<void()>>>(request.stop,
                                                                        [&gone] { gone.set_value(); });
    held.set_value(std::move(responder));
  });
  {
    RawClient client(server->port());
    client.Send(Get("/"));
    Responder responder = held.get_future().get();
    client.HalfClose();
    gone.get_future().wait();
    // A client that only stopped sending still gets its answer.
    responder.Send({.body = "late"});
    EXPECT_THAT(client.ReadAll(), HasSubstr("late"));
  }
  watch.reset();
}

// A client whose machine was switched off sends no end; the kernel asks it now and then whether it is there.
TEST(HttpServer, AsksSilentClientsWhetherTheyAreStillThere) {
  const auto server = Serve(Echo);
  const RawClient client(server->port());
  // Columns: number, local and remote address, state (01: established), queues, kind of timer (02:
  // keep-alive).
  const std::string local = absl::StrFormat("0100007F:%04X", server->port());
  const auto timer = [&local]() -> std::string {
    std::ifstream table("/proc/net/tcp");
    for (std::string line; std::getline(table, line);) {
      std::istringstream columns(line);
      std::string number, from, to, state, queues, when;
      columns >> number >> from >> to >> state >> queues >> when;
      if (from == local && state == "01") return when.substr(0, 2);
    }
    return "";
  };
  while (timer().empty()) std::this_thread::yield();
  EXPECT_EQ(timer(), "02");
}

TEST(HttpServer, AnAnswerAfterTheClientHasGoneIsDropped) {
  std::promise<Responder> held;
  auto server = Serve([&](Request, Responder responder) { held.set_value(std::move(responder)); });
  auto client = std::make_unique<RawClient>(server->port());
  client->Send(Get("/"));
  Responder responder = held.get_future().get();
  client.reset();
  server.reset();
  responder.Send({.body = "too late"});
}

TEST(HttpServer, AnUnansweredRequestIsAFaultOfOurs) {
  const auto server = Serve([](Request, Responder) {});
  RawClient client(server->port());
  client.Send(Get("/"));
  EXPECT_EQ(StatusOf(client.ReadAnswer()), 500);
}

TEST(HttpServer, StreamsPieceByPiece) {
  std::promise<ResponseStream> opened;
  const auto server = Serve([&opened](Request, Responder responder) {
    opened.set_value(responder.Stream(200, {{"Content-Type", "application/x-ndjson"}}));
  });
  RawClient client(server->port());
  client.Send(Get("/"));
  ResponseStream stream = opened.get_future().get();
  for (const char* piece : {"{\"a\":1}\n", "", "{\"a\":2}\n"}) {
    std::promise<absl::Status> written;
    stream.Write(piece, [&written](absl::Status status) { written.set_value(status); });
    EXPECT_TRUE(written.get_future().get().ok());
    EXPECT_TRUE(client.ReadUntil(piece));
  }
  stream.Finish();
  EXPECT_THAT(client.ReadAnswer(), testing::EndsWith("8\r\n{\"a\":1}\n\r\n8\r\n{\"a\":2}\n\r\n0\r\n\r\n"));
}

TEST(HttpServer, ADroppedStreamIsSeenToBeIncomplete) {
  const auto server = Serve([](Request, Responder responder) {
    auto stream = std::make_shared<ResponseStream>(responder.Stream(200, {}));
    stream->Write("part", [stream](absl::Status) mutable { stream.reset(); });
  });
  RawClient client(server->port());
  client.Send(Get("/"));
  const std::string answer = client.ReadAll();
  EXPECT_THAT(answer, HasSubstr("part"));
  EXPECT_THAT(answer, Not(HasSubstr("0\r\n\r\n")));
}

TEST(HttpServer, TooManyConnectionsAreToldSo) {
  const auto server = Serve(Echo, {.max_connections = 1});
  RawClient first(server->port());
  first.Send(Get("/"));
  EXPECT_EQ(StatusOf(first.ReadAnswer()), 200);
  RawClient second(server->port());
  const std::string answer = second.ReadAll();
  EXPECT_EQ(StatusOf(answer), 503);
  EXPECT_THAT(answer, HasSubstr("Retry-After: 1"));
  EXPECT_THAT(answer, HasSubstr("OVERLOADED"));
}

TEST(HttpServer, DrainFinishesWhatRunsAndEndsTheRest) {
  std::promise<Responder> held;
  const auto server = Serve([&held](Request, Responder responder) { held.set_value(std::move(responder)); });
  RawClient idle(server->port());
  RawClient busy(server->port());
  busy.Send(Get("/"));
  Responder responder = held.get_future().get();
  std::thread drain([&server] { server->Drain(absl::Minutes(1)); });
  EXPECT_THAT(idle.ReadAll(), IsEmpty());
  responder.Send({.body = "done"});
  const std::string answer = busy.ReadAll();
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
  EXPECT_EQ(BodyOf(answer), "done");
  drain.join();
  EXPECT_EQ(server->open_connections(), 0u);
  RawClient late(server->port());
  EXPECT_FALSE(late.Send(Get("/")) && !late.ReadAll().empty());
}

TEST(HttpServer, DrainCutsWhatOutlastsItsGrace) {
  std::promise<Responder> held;
  const auto server = Serve([&held](Request, Responder responder) { held.set_value(std::move(responder)); });
  RawClient busy(server->port());
  busy.Send(Get("/"));
  Responder responder = held.get_future().get();
  server->Drain(absl::Milliseconds(10));
  EXPECT_THAT(busy.ReadAll(), IsEmpty());
}

TEST(HttpServer, AnAnnouncedDrainMovesClientsAwayButTakesNewOnes) {
  const auto server = Serve(Echo);
  server->AnnounceDrain();
  RawClient client(server->port());
  client.Send(Get("/"));
  EXPECT_THAT(client.ReadAll(), HasSubstr("Connection: close"));
}

TEST(HttpServer, LargeAnswersArriveWhole) {
  const std::string large(5'000'000, 'y');
  const auto server = Serve([&large](Request, Responder responder) { responder.Send({.body = large}); });
  RawClient client(server->port());
  client.Send(Get("/"));
  const std::string answer = client.ReadAnswer();
  EXPECT_EQ(BodyOf(answer).size(), large.size());
}

TEST(HttpServer, ManyClientsAtOnce) {
  const auto server = Serve(Echo, {.threads = 3});
  std::vector<std::thread> clients;
  std::atomic<int> right = 0;
  for (int c = 0; c < 16; ++c) {
    clients.emplace_back([&server, &right, c] {
      RawClient client(server->port());
      for (int i = 0; i < 50; ++i) {
        const std::string body = StrCat(c, "-", i);
        client.Send(Post(body));
        right += BodyOf(client.ReadAnswer()) == StrCat("POST /p ", body);
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(right, 16 * 50);
}

TEST(HttpServer, AnAddressThatCannotBeHadIsAnErrorWithItsName) {
  const auto first = Serve(Echo);
  const auto second = Server::Start({.port = first->port()}, std::make_shared<FunctionHandler>(Echo));
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(StrCat(":", first->port())));
  EXPECT_FALSE(Server::Start({.host = "nowhere"}, std::make_shared<FunctionHandler>(Echo)).ok());
}

TEST(Ops, TellsWhetherTheProcessLivesAndIsReady) {
  std::atomic<bool> ready = false;
  auto server = Server::Start(
      {}, MakeOpsHandler(
              {.ready = [&ready] { return ready ? absl::OkStatus() : absl::UnavailableError("starting"); },
               .metrics = [] { return std::string("up 1\n"); }}));
  ASSERT_TRUE(server.ok());
  RawClient client((*server)->port());
  const auto get = [&client](std::string_view path) {
    client.Send(Get(path));
    return client.ReadAnswer();
  };
  EXPECT_EQ(StatusOf(get("/livez")), 200);
  const std::string not_yet = get("/readyz");
  EXPECT_EQ(StatusOf(not_yet), 503);
  EXPECT_THAT(not_yet, HasSubstr("starting"));
  ready = true;
  EXPECT_EQ(StatusOf(get("/readyz")), 200);
  const std::string metrics = get("/metrics");
  EXPECT_EQ(BodyOf(metrics), "up 1\n");
  EXPECT_THAT(metrics, HasSubstr("version=0.0.4"));
  EXPECT_EQ(StatusOf(get("/other")), 404);
  client.Send(Post("x"));
  EXPECT_EQ(StatusOf(client.ReadAnswer()), 405);
}

}  // namespace
}  // namespace limpid::http

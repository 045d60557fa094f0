#include "gateway/transcoding/transcoder.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "google/protobuf/descriptor.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/rpc/wire.h"
#include "tests/gateway/transcoding/library.pb.h"
#include "tests/gateway/transcoding/recorded_answer.h"

namespace limpid::gateway {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using transcoding::test::Book;

/// Keeps what arrives and answers as told.
class FakeUpstream final : public Upstream {
 public:
  void Unary(const Call& given_call, const MethodDescriptor& method, std::unique_ptr<Message> request,
             Done<Answer> done) override {
    call = given_call;
    method_name = method.name();
    request_text = request->ShortDebugString();
    ++calls;
    if (hold) {
      held = std::move(done);
      return;
    }
    if (!error.ok()) return done(error);
    done(std::make_unique<Book>(answer));
  }
  void ServerStream(const Call& given_call, const MethodDescriptor& method, std::unique_ptr<Message> request,
                    std::shared_ptr<StreamSink> given_sink) override {
    call = given_call;
    method_name = method.name();
    request_text = request->ShortDebugString();
    ++calls;
    sink = std::move(given_sink);
  }

  int calls = 0;
  Call call;
  std::string method_name;
  std::string request_text;
  Book answer;
  absl::Status error;
  bool hold = false;
  Done<Answer> held;
  std::shared_ptr<StreamSink> sink;
};

class FakeGatekeeper final : public Gatekeeper {
 public:
  void Admit(const http::Request&, const MethodDescriptor&,
             absl::AnyInvocable<void(Admission)> done) override {
    done(admission);
  }
  http::Headers Preflight(const http::Request&, const MethodDescriptor& method) override {
    return {{"Access-Control-Allow-Methods", method.name()}};
  }

  Admission admission{.principal = {.tenant = TenantId("acme"), .role = Role::kAdmin, .key = KeyId("k1")},
                      .headers = {{"Vary", "Origin"}}};
};

class TranscoderTest : public testing::Test {
 protected:
  TranscoderTest() {
    auto made = Transcoder::Make(
        {{.full_name = "limpid.transcoding.test.LibraryService", .upstream = upstream_}}, gatekeeper_,
        {.observers = {[this](std::string_view method) {
           return [this, name = std::string(method)](const rpc::CallRecord& record) {
             observed_.emplace_back(name, record.status.code());
           };
         }}});
    EXPECT_TRUE(made.ok()) << made.status();
    transcoder_ = *std::move(made);
  }

  RecordedAnswer Ask(http::Request request) {
    RecordedAnswer answer;
    transcoder_->Handle(std::move(request), answer.responder());
    return answer;
  }
  RecordedAnswer Ask(std::string_view method, std::string_view target, std::string body = "",
                     const http::Headers& headers = {}) {
    http::Request request(method, target);
    for (const auto& [name, value] : headers) request.AddHeader(name, value);
    request.body = std::move(body);
    return Ask(std::move(request));
  }

  std::shared_ptr<FakeUpstream> upstream_ = std::make_shared<FakeUpstream>();
  std::shared_ptr<FakeGatekeeper> gatekeeper_ = std::make_shared<FakeGatekeeper>();
  std::vector<std::pair<std::string, absl::StatusCode>> observed_;
  std::stop_source stop_;
  std::unique_ptr<Transcoder> transcoder_;
};

TEST_F(TranscoderTest, EachWayOfGivingFieldsReachesTheMethod) {
  struct Row {
    const char* method;
    const char* target;
    const char* body;
    const char* rpc;
    const char* request;
  };
  for (
      const Row& row : {
          Row{"GET", "/v1/books/b1", "", "GetBook", R"(name: "books/b1")"},
          Row{"HEAD", "/v1/books/b1", "", "GetBook", R"(name: "books/b1")"},
          Row{"GET", "/v1/shelves/s1/books/b%201", "", "GetBook", R"(name: "shelves/s1/books/b 1")"},
          Row{"GET", "/v1/books/a%2Fb", "", "GetBook", R"(name: "books/a%2Fb")"},
          Row{"GET", "/v1/files/a/b%20c", "", "ReadFile", R"(path: "a/b c")"},
          Row{"GET", "/v1/books", "", "ListBooks", ""},
          Row{"GET",
              "/v1/"
              "books?pageSize=5&page_token=x%2By&kinds=NOVEL&kinds=POETRY&years.from=1900&years.to=2000&lent="
              "true&maxAge=1.5s",
              "", "ListBooks",
              R"(page_size: 5 page_token: "x+y" kinds: NOVEL kinds: POETRY years { from: 1900 to: 2000 } lent: true max_age { seconds: 1 nanos: 500000000 })"},
          Row{"POST", "/v1/books?bookId=b2", R"({"title":"T","authors":["a"]})", "CreateBook",
              R"(book { title: "T" authors: "a" } book_id: "b2")"},
          Row{"PATCH", "/v1/books/b1?updateMask=title,kind", R"({"title":"T"})", "UpdateBook",
              R"(book { name: "books/b1" title: "T" } update_mask { paths: "title" paths: "kind" })"},
          Row{"PATCH", "/v1/books/b1", R"({"name":"books/b1"})", "UpdateBook",
              R"(book { name: "books/b1" })"},
          Row{"DELETE", "/v1/books/b1?etag=e", "", "DeleteBook", R"(name: "books/b1" etag: "e")"},
          Row{"POST", "/v1/books/b1:lend", R"({"reader":"r"})", "LendBook",
              R"(name: "books/b1" reader: "r")"},
          Row{"POST", "/v1/books/b1:lend", "", "LendBook", R"(name: "books/b1")"},
      }) {
    const RecordedAnswer answer = Ask(row.method, row.target, row.body);
    EXPECT_EQ(answer.status(), 200) << row.target << answer.body();
    EXPECT_EQ(upstream_->method_name, row.rpc) << row.target;
    EXPECT_EQ(upstream_->request_text, row.request) << row.target;
  }
}

TEST_F(TranscoderTest, EveryFaultOfARequestIsNamed) {
  struct Row {
    const char* method;
    const char* target;
    const char* body;
    const char* problem;
  };
  for (const Row& row : {
           Row{"GET", "/v1/books?color=1", "", R"("field":"color","reason":"UNKNOWN_FIELD")"},
           Row{"GET", "/v1/books?years=1", "", R"("field":"years","reason":"WRONG_TYPE")"},
           Row{"GET", "/v1/books?years.month=1", "", R"("field":"years.month","reason":"UNKNOWN_FIELD")"},
           Row{"GET", "/v1/books?pageSize=x", "", R"("field":"pageSize","reason":"INVALID_FORMAT")"},
           Row{"GET", "/v1/books?pageSize=1&page_size=2", "",
               R"("field":"pageSize","reason":"DUPLICATE_FIELD")"},
           Row{"GET", "/v1/books?kinds=MAP", "", R"("field":"kinds","reason":"UNKNOWN_VALUE")"},
           Row{"GET", "/v1/books?pageToken=%zz", "", R"("field":"pageToken","reason":"INVALID_FORMAT")"},
           Row{"GET", "/v1/books?pageToken=%ff", "", R"("field":"pageToken","reason":"INVALID_UTF8")"},
           Row{"GET", "/v1/books/%ff", "", R"("field":"name","reason":"INVALID_UTF8")"},
           Row{"GET", "/v1/books/%f", "", R"("field":"name","reason":"INVALID_FORMAT")"},
           Row{"GET", "/v1/books/b1?name=books/b2", "", R"("field":"name","reason":"UNKNOWN_FIELD")"},
           Row{"POST", "/v1/books", R"({"title":1})", R"("field":"book.title","reason":"WRONG_TYPE")"},
           Row{"POST", "/v1/books", R"([])", R"("field":"book","reason":"WRONG_TYPE")"},
           Row{"POST", "/v1/books?book.title=x", "{}", R"("field":"book.title","reason":"UNKNOWN_FIELD")"},
           Row{"PATCH", "/v1/books/b1", R"({"name":"books/b2"})",
               R"("field":"book.name","reason":"DUPLICATE_FIELD")"},
           Row{"POST", "/v1/books/b1:lend?reader=r", "{}", R"("field":"reader","reason":"UNKNOWN_FIELD")"},
           Row{"POST", "/v1/books/b1:lend", R"({"name":"books/b2"})",
               R"("field":"name","reason":"DUPLICATE_FIELD")"},
           Row{"POST", "/v1/books", "{", R"("reason":"MALFORMED_JSON")"},
           Row{"GET", "/v1/books", "{}", R"("reason":"INVALID_REQUEST")"},
       }) {
    const RecordedAnswer answer = Ask(row.method, row.target, row.body);
    EXPECT_EQ(answer.status(), 400) << row.target << " " << row.body;
    EXPECT_THAT(answer.body(), HasSubstr(row.problem)) << row.target << " " << row.body;
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  }
  EXPECT_EQ(upstream_->calls, 0);
}

TEST_F(TranscoderTest, FaultsOfPathQueryAndBodyAreToldTogether) {
  const RecordedAnswer answer = Ask("PATCH", "/v1/books/%ff?x=1", R"({"pages":"many"})");
  EXPECT_THAT(answer.body(), HasSubstr(R"("field":"book.pages")"));
  EXPECT_THAT(answer.body(), HasSubstr(R"("field":"book.name")"));
  EXPECT_THAT(answer.body(), HasSubstr(R"("field":"x")"));
}

TEST_F(TranscoderTest, FiftyFaultsAreToldAndTheRestIsCounted) {
  std::string body = "{";
  for (int i = 0; i < 200; ++i) body += "\"x" + std::to_string(i) + "\":1,";
  const RecordedAnswer answer = Ask("POST", "/v1/books?bookId=b2", body + "\"title\":\"T\"}");
  EXPECT_EQ(answer.status(), 400);
  EXPECT_THAT(answer.body(), HasSubstr("200 fields of the request are not right."));
  EXPECT_THAT(answer.body(), testing::ContainsRegex("\"more\":1[0-9][0-9]"));
  EXPECT_THAT(answer.body(), HasSubstr("\"field\":\"book.x0\""));
}

TEST_F(TranscoderTest, BodiesAreJsonInUtf8) {
  for (const char* type : {"application/json", "application/json; charset=utf-8",
                           "Application/JSON;charset=\"UTF-8\"", "application/json; charset=utf-8 ; x=y"}) {
    EXPECT_EQ(Ask("POST", "/v1/books", "{}", {{"Content-Type", type}}).status(), 200) << type;
  }
  for (const char* type :
       {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1",
        "application/json; charset=utf-8x", "", "application/jsonx", "multipart/form-data; boundary=x"}) {
    const RecordedAnswer answer = Ask("POST", "/v1/books", "{}", {{"Content-Type", type}});
    EXPECT_EQ(answer.status(), 415) << type;
    EXPECT_THAT(answer.body(), HasSubstr("MEDIA_TYPE_UNSUPPORTED"));
  }
}

TEST_F(TranscoderTest, UnknownPathsAndMethods) {
  for (const char* path : {"/", "/v1", "/v1/books/", "/v1/books:count", "/v1/books/b1:steal", "/v2/books"}) {
    EXPECT_EQ(Ask("GET", path).status(), path == std::string("/v1/books/b1:steal") ? 200 : 404) << path;
  }
  const RecordedAnswer wrong = Ask("PUT", "/v1/books");
  EXPECT_EQ(wrong.status(), 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, HEAD, POST");
  EXPECT_THAT(wrong.body(), HasSubstr("METHOD_NOT_ALLOWED"));
  EXPECT_EQ(Ask("OPTIONS", "/v1/books").status(), 204);
  EXPECT_EQ(Ask("OPTIONS", "/v1/books").header("Allow"), "GET, HEAD, POST");
}

TEST_F(TranscoderTest, TheAnswerIsJsonWithItsEntityTag) {
  upstream_->answer.set_name("books/b1");
  upstream_->answer.set_etag("v7");
  const RecordedAnswer answer = Ask("GET", "/v1/books/b1", "", {{"X-Request-Id", "r-1"}});
  EXPECT_EQ(
      answer.body(),
      R"({"name":"books/b1","title":"","etag":"v7","kind":"KIND_UNSPECIFIED","pages":"0","authors":[],"parts":{}})");
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  EXPECT_EQ(answer.header("ETag"), "\"v7\"");
  EXPECT_EQ(answer.header("X-Request-Id"), "r-1");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_EQ(answer.header("Vary"), "Origin");
}

TEST_F(TranscoderTest, IfMatchBecomesTheEtag) {
  Ask("PATCH", "/v1/books/b1", R"({"title":"T"})", {{"If-Match", "\"v7\""}});
  EXPECT_EQ(upstream_->request_text, R"(book { name: "books/b1" title: "T" etag: "v7" })");
  Ask("PATCH", "/v1/books/b1", R"({"etag":"v7"})", {{"If-Match", "\"v7\""}});
  EXPECT_EQ(upstream_->request_text, R"(book { name: "books/b1" etag: "v7" })");
  Ask("DELETE", "/v1/books/b1", "", {{"If-Match", "\"v8\""}});
  EXPECT_EQ(upstream_->request_text, R"(name: "books/b1" etag: "v8")");
  Ask("DELETE", "/v1/books/b1", "", {{"If-Match", "*"}});
  EXPECT_EQ(upstream_->request_text, R"(name: "books/b1")");
  EXPECT_EQ(upstream_->calls, 4);
  for (const char* header : {"v7", "W/\"v7\"", "\"a\", \"b\"", "", "\"\""}) {
    EXPECT_EQ(Ask("DELETE", "/v1/books/b1", "", {{"If-Match", header}}).status(), 400) << header;
  }
  EXPECT_EQ(Ask("PATCH", "/v1/books/b1", R"({"etag":"v6"})", {{"If-Match", "\"v7\""}}).status(), 400);
  EXPECT_EQ(Ask("POST", "/v1/books/b1:lend", "{}", {{"If-Match", "\"v7\""}}).status(), 400);
  EXPECT_EQ(upstream_->calls, 4);
}

TEST_F(TranscoderTest, HeadersBecomeTheCall) {
  http::Request request("POST", "/v1/books");
  request.AddHeader("X-Request-Id", "r-1");
  request.AddHeader("Accept-Language", "de, en;q=0.8");
  request.AddHeader("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  request.AddHeader("Idempotency-Key", "once");
  request.body = R"({"title":"T"})";
  request.stop = stop_.get_token();
  Ask(std::move(request));
  const Call& call = upstream_->call;
  EXPECT_EQ(call.request_id, "r-1");
  EXPECT_EQ(call.language, "en");
  EXPECT_EQ(call.traceparent, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  EXPECT_EQ(call.idempotency_key, "once");
  transcoding::test::CreateBookRequest same;
  same.mutable_book()->set_title("T");
  EXPECT_EQ(call.request_digest, rpc::RequestDigest(same));
  EXPECT_EQ(call.tenant.value(), "acme");
  EXPECT_EQ(call.role, Role::kAdmin);
  EXPECT_EQ(call.key.value(), "k1");
  EXPECT_LT(call.Remaining(), absl::Seconds(11));
  stop_.request_stop();
  EXPECT_TRUE(call.Stopped());
}

TEST_F(TranscoderTest, HeadersThatCouldDoHarmAreReplacedOrRefused) {
  Ask("GET", "/v1/books", "", {{"X-Request-Id", "a b"}, {"traceparent", "x\xff"}});
  EXPECT_EQ(upstream_->call.request_id.size(), 16u);
  EXPECT_THAT(upstream_->call.traceparent, IsEmpty());
  for (const std::string& key : {std::string(), std::string(256, 'x'), std::string("\xc3\xa9")}) {
    EXPECT_EQ(Ask("POST", "/v1/books", "{}", {{"Idempotency-Key", key}}).status(), 400) << key;
  }
}

TEST_F(TranscoderTest, RolesAreThoseOfTheProto) {
  gatekeeper_->admission.principal.role = Role::kReader;
  EXPECT_EQ(Ask("GET", "/v1/books").status(), 200);
  const RecordedAnswer refused = Ask("POST", "/v1/books", "{}");
  EXPECT_EQ(refused.status(), 403);
  EXPECT_EQ(refused.header("Vary"), "Origin");
  EXPECT_THAT(refused.body(), HasSubstr("ROLE_NOT_ALLOWED"));
  gatekeeper_->admission.principal.role = Role::kOperator;
  EXPECT_EQ(Ask("POST", "/v1/books", "{}").status(), 200);
  gatekeeper_->admission.principal.role = Role::kCapture;
  EXPECT_EQ(Ask("POST", "/v1/books/b1:lend", "{}").status(), 200);
  EXPECT_EQ(Ask("GET", "/v1/books").status(), 403);
}

TEST_F(TranscoderTest, WithoutAKeyOnlyWhatIsOpenToAnyone) {
  gatekeeper_->admission = {.status = Unauthenticated(reason::kCredentialsMissing, "Give a key.")};
  const RecordedAnswer refused = Ask("GET", "/v1/books");
  EXPECT_EQ(refused.status(), 401);
  EXPECT_THAT(refused.header("WWW-Authenticate"), HasSubstr("Bearer"));
  EXPECT_EQ(Ask("GET", "/v1/files/a").status(), 200);
  EXPECT_EQ(upstream_->call.role, Role::kNone);
  gatekeeper_->admission.status = Unauthenticated(reason::kKeyRevoked, "This key was revoked.");
  EXPECT_EQ(Ask("GET", "/v1/files/a").status(), 401);
}

TEST_F(TranscoderTest, PreflightsAreAnsweredByTheGatekeeper) {
  const RecordedAnswer answer = Ask("OPTIONS", "/v1/books/b1:lend", "",
                                    {{"Origin", "https://a"}, {"Access-Control-Request-Method", "POST"}});
  EXPECT_EQ(answer.status(), 204);
  EXPECT_EQ(answer.header("Access-Control-Allow-Methods"), "LendBook");
  EXPECT_EQ(upstream_->calls, 0);
}

TEST_F(TranscoderTest, ErrorsAreProblemsOfTheGateway) {
  upstream_->error = StaleEtag("book", "books/b1");
  const RecordedAnswer answer =
      Ask("PATCH", "/v1/books/b1?updateMask=title", "{}", {{"X-Request-Id", "r-2"}});
  EXPECT_EQ(answer.status(), 412);
  EXPECT_THAT(answer.body(), HasSubstr(R"("reason":"ETAG_STALE")"));
  EXPECT_THAT(answer.body(), HasSubstr(R"("instance":"/v1/books/b1")"));
  EXPECT_THAT(answer.body(), HasSubstr(R"("requestId":"r-2")"));
}

TEST_F(TranscoderTest, EachCallIsObservedOnce) {
  Ask("GET", "/v1/books");
  upstream_->error = Unavailable("library");
  Ask("GET", "/v1/books");
  Ask("GET", "/v1/books?x=1");
  const std::string method = "limpid.transcoding.test.LibraryService/ListBooks";
  EXPECT_THAT(observed_, testing::ElementsAre(std::pair(method, absl::StatusCode::kOk),
                                              std::pair(method, absl::StatusCode::kUnavailable),
                                              std::pair(method, absl::StatusCode::kInvalidArgument)));
}

TEST_F(TranscoderTest, AnAnswerMayComeLater) {
  upstream_->hold = true;
  RecordedAnswer answer = Ask("GET", "/v1/books/b1");
  EXPECT_FALSE(answer.answered());
  std::exchange(upstream_->held, nullptr)(std::make_unique<Book>());
  EXPECT_EQ(answer.status(), 200);
}

class StreamTest : public TranscoderTest {
 protected:
  // A sink leads back to who holds it here.
  ~StreamTest() override { upstream_->sink.reset(); }

  /// Sends one book; the answer of `more` goes to `went_on_`.
  void SendBook(const char* title) {
    auto book = std::make_unique<Book>();
    book->set_title(title);
    upstream_->sink->OnMessage(std::move(book), [this](bool go_on) { went_on_ = go_on; });
  }
  std::optional<bool> went_on_;
};

TEST_F(StreamTest, RowsAreLinesAndWaitForTheClient) {
  RecordedAnswer answer = Ask("GET", "/v1/books:watch?pageSize=2");
  EXPECT_EQ(upstream_->request_text, "page_size: 2");
  EXPECT_EQ(upstream_->call.Remaining(), absl::InfiniteDuration());
  EXPECT_FALSE(answer.answered());
  SendBook("A");
  EXPECT_EQ(answer.header("Content-Type"), "application/x-ndjson");
  EXPECT_EQ(went_on_, std::nullopt);
  answer.Take();
  EXPECT_EQ(went_on_, true);
  SendBook("B");
  answer.Take();
  upstream_->sink->OnEnd(absl::OkStatus());
  EXPECT_TRUE(answer.finished());
  EXPECT_THAT(answer.body(), testing::MatchesRegex(
                                 "\\{[^\n]*\"title\":\"A\"[^\n]*\\}\n\\{[^\n]*\"title\":\"B\"[^\n]*\\}\n"));
}

TEST_F(StreamTest, EventsWhenTheClientAsksForThem) {
  RecordedAnswer answer = Ask("GET", "/v1/books:watch", "", {{"Accept", "text/event-stream"}});
  SendBook("A");
  answer.Take();
  upstream_->sink->OnEnd(Unavailable("library"));
  answer.Take();
  EXPECT_EQ(answer.header("Content-Type"), "text/event-stream");
  EXPECT_THAT(answer.body(), testing::StartsWith("data: {"));
  EXPECT_THAT(answer.body(), HasSubstr("\n\nevent: error\ndata: {\"error\":{"));
}

TEST_F(StreamTest, AnErrorBeforeTheFirstRowIsTheAnswer) {
  RecordedAnswer answer = Ask("GET", "/v1/books:watch");
  upstream_->sink->OnEnd(Unavailable("library"));
  EXPECT_EQ(answer.status(), 503);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
}

TEST_F(StreamTest, AnErrorAfterTheFirstRowIsTheLastLine) {
  RecordedAnswer answer = Ask("GET", "/v1/books:watch", "", {{"X-Request-Id", "r-3"}});
  SendBook("A");
  answer.Take();
  upstream_->sink->OnEnd(Unavailable("library"));
  answer.Take();
  EXPECT_TRUE(answer.finished());
  EXPECT_THAT(answer.body(), HasSubstr("}\n{\"error\":{\"type\":"));
  EXPECT_THAT(answer.body(), HasSubstr("\"requestId\":\"r-3\"}}\n"));
}

TEST_F(StreamTest, AnEmptyStreamIsAnAnswerToo) {
  RecordedAnswer answer = Ask("GET", "/v1/books:watch");
  upstream_->sink->OnEnd(absl::OkStatus());
  EXPECT_EQ(answer.status(), 200);
  EXPECT_TRUE(answer.finished());
  EXPECT_THAT(answer.body(), IsEmpty());
}

TEST_F(StreamTest, TheEndWaitsForTheRowOnItsWay) {
  RecordedAnswer answer = Ask("GET", "/v1/books:watch");
  SendBook("A");
  upstream_->sink->OnEnd(DeadlineExceeded());
  EXPECT_THAT(answer.body(), Not(HasSubstr("error")));
  answer.Take();
  EXPECT_EQ(went_on_, std::nullopt);
  EXPECT_THAT(answer.body(), HasSubstr("DEADLINE_EXCEEDED"));
  answer.Take();
  EXPECT_TRUE(answer.finished());
}

TEST_F(StreamTest, AClientThatHasGoneEndsTheSource) {
  RecordedAnswer answer = Ask("GET", "/v1/books:watch");
  SendBook("A");
  answer.Take(Cancelled());
  EXPECT_EQ(went_on_, false);
}

TEST_F(StreamTest, AClientThatHasGoneStopsTheCall) {
  http::Request request("GET", "/v1/books:watch");
  request.stop = stop_.get_token();
  Ask(std::move(request));
  EXPECT_FALSE(upstream_->call.Stopped());
  stop_.request_stop();
  EXPECT_TRUE(upstream_->call.Stopped());
}

TEST_F(StreamTest, TheEndOfTheDoorIsToldToTheReader) {
  RecordedAnswer answer = Ask("GET", "/v1/books:watch");
  SendBook("A");
  answer.Take();
  transcoder_->EndStreams();
  EXPECT_TRUE(upstream_->call.Stopped());
  upstream_->sink->OnEnd(Cancelled());
  answer.Take();
  EXPECT_TRUE(answer.finished());
  EXPECT_THAT(answer.body(), HasSubstr("SERVICE_UNAVAILABLE"));
  EXPECT_EQ(observed_.back().second, absl::StatusCode::kUnavailable);

  const RecordedAnswer late = Ask("GET", "/v1/books:watch");
  EXPECT_TRUE(upstream_->call.Stopped());
  upstream_->sink->OnEnd(Cancelled());
  EXPECT_EQ(late.status(), 503);
}

// An upstream that ends its stream within the stop, as a local one does.
TEST_F(StreamTest, MayEndWhileItIsBeingStopped) {
  RecordedAnswer answer = Ask("GET", "/v1/books:watch");
  std::stop_callback on_stop(upstream_->call.stop, [this] {
    upstream_->sink->OnEnd(Cancelled());
    upstream_->sink.reset();
  });
  transcoder_->EndStreams();
  EXPECT_EQ(answer.status(), 503);
}

TEST(Transcoder, WhatDoesNotFitIsRefusedWithItsName) {
  const auto upstream = std::make_shared<FakeUpstream>();
  const auto gatekeeper = std::make_shared<FakeGatekeeper>();
  const auto make = [&](std::vector<std::string> names) {
    std::vector<Transcoder::Service> services;
    for (std::string& name : names) services.push_back({.full_name = std::move(name), .upstream = upstream});
    return Transcoder::Make(services, gatekeeper, {}).status();
  };
  EXPECT_THAT(std::string(make({"limpid.transcoding.test.BrokenService"}).message()), HasSubstr("Broken"));
  EXPECT_FALSE(make({"limpid.NoService"}).ok());
  EXPECT_THAT(
      std::string(make({"limpid.transcoding.test.LibraryService", "limpid.transcoding.test.LibraryService"})
                      .message()),
      HasSubstr("/v1/{name=shelves/*/books/*}"));
}

}  // namespace
}  // namespace limpid::gateway

#include "libs/http/request_draft.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::http::internal {
namespace {

class RequestDraftTest : public ::testing::Test {
 protected:
  using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

  /// The reason for which a head is refused, empty when it is admitted.
  std::string Refusal(const Fields& fields, int version = 11, std::string_view target = "/") {
    draft_.emplace(limits_);
    absl::Status status = draft_->OnRequestLine("POST", target, version);
    bool chunked = false;
    for (const auto& [name, value] : fields) {
      if (status.ok()) status = draft_->OnField(name, value);
      chunked |= SameHeaderName(name, "Transfer-Encoding");
    }
    if (status.ok()) status = draft_->OnHeadEnd(chunked);
    return ReasonOf(status);
  }
  std::string PathOf(std::string_view method, std::string_view target) {
    draft_.emplace(limits_);
    return draft_->OnRequestLine(method, target, 11).ok() ? std::string(draft_->request().target())
                                                          : "refused";
  }

  const Server::Options limits_{.max_headers = 4, .max_body_bytes = 100};
  std::optional<RequestDraft> draft_;
};

TEST_F(RequestDraftTest, KeepsWhatIsAdmitted) {
  EXPECT_EQ(Refusal({{"Host", "h"}, {"Content-Length", "3"}, {"X-A", "1"}, {"x-a", "2"}}), "");
  draft_->OnBodyLength(3);
  draft_->OnBody("ab");
  draft_->OnBody("c");
  EXPECT_EQ(draft_->request().body, "abc");
  EXPECT_EQ(draft_->request().method(), "POST");
  EXPECT_EQ(draft_->request().Header("X-A"), "1");
  EXPECT_EQ(draft_->request().header_count(), 4u);
  EXPECT_FALSE(draft_->http_1_0());
}

// RFC 9112 §3.2: origin form, absolute form, asterisk form; no authority form, since this is no proxy.
TEST_F(RequestDraftTest, TakesThePathOutOfEachFormOfTarget) {
  const std::pair<const char*, const char*> rows[] = {
      {"/a/b?c=d", "/a/b?c=d"},
      {"//a", "//a"},
      {"http://h/a?b", "/a?b"},
      {"HTTPS://user@h:8443/a", "/a"},
      {"http://h", "/"},
      {"http://h?b", "/?b"},
      {"/http://h/a", "/http://h/a"},
      {"ftp://h/a", "refused"},
      {"h:443", "refused"},
      {"a", "refused"},
      {"", "refused"},
      {"?a", "refused"},
      {"*", "refused"},
      {"/a#b", "refused"},
      {"/caf\xc3\xa9", "refused"},
      {"/\xff", "refused"},
  };
  for (const auto& [target, path] : rows) EXPECT_EQ(PathOf("GET", target), path) << target;
  EXPECT_EQ(PathOf("OPTIONS", "*"), "*");
}

TEST_F(RequestDraftTest, WantsOneHost) {
  EXPECT_EQ(Refusal({}), reason::kInvalidRequest);
  EXPECT_EQ(Refusal({{"Host", "a"}, {"HOST", "a"}}), reason::kInvalidRequest);
  EXPECT_EQ(Refusal({{"Host", ""}}), "");
  EXPECT_EQ(Refusal({}, 10), "") << "HTTP/1.0 knows none";
  EXPECT_EQ(Refusal({{"Host", "a"}}, 12), reason::kInvalidRequest);
}

// RFC 9112 §6.3: whoever can make two readers disagree about where a body ends can smuggle a request.
TEST_F(RequestDraftTest, WantsOneMeaningOfTheBodysLength) {
  EXPECT_EQ(Refusal({{"Host", "h"}, {"Content-Length", "5"}, {"content-length", "5"}}),
            reason::kInvalidRequest);
  EXPECT_EQ(Refusal({{"Host", "h"}, {"Content-Length", "5, 5"}}), reason::kInvalidRequest);
  EXPECT_EQ(Refusal({{"Host", "h"}, {"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}),
            reason::kInvalidRequest);
  EXPECT_EQ(Refusal({{"Host", "h"}, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}),
            reason::kInvalidRequest);
  EXPECT_EQ(Refusal({{"Transfer-Encoding", "chunked"}}, 10), reason::kInvalidRequest);
  EXPECT_EQ(Refusal({{"Host", "h"}, {"Transfer-Encoding", "Chunked"}}), "");
  for (const char* coding : {"gzip", "gzip, chunked", "chunked, identity", "identity", "", "chunked;q=1"}) {
    EXPECT_EQ(Refusal({{"Host", "h"}, {"Transfer-Encoding", coding}}), reason::kUnimplemented) << coding;
  }
}

// What decides who asks for what must not depend on which of two fields a reader takes.
TEST_F(RequestDraftTest, WantsFieldsThatDecideOnlyOnce) {
  for (const std::string_view name : {"Authorization", "Content-Type", "Idempotency-Key", "If-Match"}) {
    EXPECT_EQ(Refusal({{"Host", "h"}, {name, "a"}}), "") << name;
    EXPECT_EQ(Refusal({{"Host", "h"}, {name, "a"}, {"x", "y"}, {name, "a"}}), reason::kInvalidRequest)
        << name;
  }
  EXPECT_EQ(Refusal({{"Host", "h"}, {"Accept-Language", "fr"}, {"Accept-Language", "en"}}), "");
}

TEST_F(RequestDraftTest, BoundsWhatStandsBesideTheChunks) {
  EXPECT_EQ(Refusal({{"Host", "h"}, {"Transfer-Encoding", "chunked"}}), "");
  for (int i = 0; i < 16; ++i) EXPECT_TRUE(draft_->OnChunkExtensions(std::string(1024, ';')).ok());
  EXPECT_EQ(ReasonOf(draft_->OnChunkExtensions(";")), reason::kHeadTooLarge);
}

TEST_F(RequestDraftTest, InflatesNothing) {
  EXPECT_EQ(Refusal({{"Host", "h"}, {"Content-Encoding", "identity"}}), reason::kMediaTypeUnsupported);
}

TEST_F(RequestDraftTest, MeetsOneExpectation) {
  EXPECT_EQ(Refusal({{"Host", "h"}, {"Expect", "100-Continue"}}), "");
  EXPECT_TRUE(draft_->expects_continue());
  EXPECT_EQ(Refusal({{"Expect", "100-continue"}}, 10), "");
  EXPECT_FALSE(draft_->expects_continue()) << "HTTP/1.0 would take it for the answer";
  EXPECT_EQ(Refusal({{"Host", "h"}, {"Expect", "tea"}}), reason::kInvalidRequest);
}

TEST_F(RequestDraftTest, BoundsTheNumberOfFields) {
  EXPECT_EQ(Refusal({{"Host", "h"}, {"a", ""}, {"b", ""}, {"c", ""}}), "");
  EXPECT_EQ(Refusal({{"Host", "h"}, {"a", ""}, {"b", ""}, {"c", ""}, {"d", ""}}), reason::kHeadTooLarge);
  EXPECT_EQ(ReasonOf(draft_->BodyTooLarge()), reason::kBodyTooLarge);
}

}  // namespace
}  // namespace limpid::http::internal

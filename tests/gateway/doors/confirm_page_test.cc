#include "gateway/doors/confirm_page.h"

#include <optional>
#include <string>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "libs/testing/fake_clock.h"
#include "tests/gateway/transcoding/recorded_answer.h"

namespace limpid::gateway {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using verify::v1::ConfirmLinkRequest;
using verify::v1::ConfirmLinkResponse;
using Result = ConfirmLinkResponse::Result;

const std::string kToken(43, 'T');

class Next final : public http::Handler {
 public:
  void Handle(http::Request, http::Responder responder) override { responder.Send({.status = 204}); }
};

class ConfirmPageTest : public ::testing::Test {
 protected:
  RecordedAnswer Send(const char* method, const std::string& target, const std::string& body = "",
                      const char* language = "en") {
    http::Request request(method, target);
    request.AddHeader("Accept-Language", language);
    request.remote_address = "192.0.2.7";
    request.body = body;
    RecordedAnswer answer;
    page_.Handle(std::move(request), answer.responder());
    return answer;
  }
  RecordedAnswer Press(const std::string& token = kToken) {
    return Send("POST", "/confirm", "token=" + token);
  }
  std::optional<ConfirmLinkRequest> asked_;
  absl::StatusOr<Result::Value> says_ = Result::CONFIRMED;
  limpid::testing::FakeClock clock_;
  ConfirmPage page_{
      {.timeout = absl::Seconds(10), .refusals = {.per_minute = 3}},
      [this](const Call& call, const ConfirmLinkRequest& request, Done<ConfirmLinkResponse> done) {
        EXPECT_EQ(call.role, Role::kNone);
        asked_ = request;
        if (!says_.ok()) return done(says_.status());
        ConfirmLinkResponse response;
        response.set_result(*says_);
        done(response);
      },
      MessageCatalogue::Load(std::string(LIMPID_SOURCE_DIR) + "/data").value(),
      clock_,
      std::make_shared<Next>()};
};

TEST_F(ConfirmPageTest, ShowsAButtonAndConfirmsNothing) {
  const RecordedAnswer page = Send("GET", "/confirm?token=" + kToken);
  EXPECT_EQ(page.status(), 200);
  EXPECT_THAT(page.body(), AllOf(HasSubstr("<form method=\"post\" action=\"/confirm\">"),
                                 HasSubstr("name=\"token\" value=\"" + kToken + "\""), HasSubstr("<button")));
  EXPECT_EQ(Send("HEAD", "/confirm?token=" + kToken).status(), 200);
  EXPECT_FALSE(asked_.has_value()) << "mail scanners follow links";
}

TEST_F(ConfirmPageTest, ConfirmsWhenTheButtonIsPressed) {
  const RecordedAnswer page = Press();
  EXPECT_EQ(page.status(), 200);
  EXPECT_THAT(page.body(), HasSubstr("Thank you"));
  EXPECT_EQ(asked_->token(), kToken);
  EXPECT_EQ(asked_->remote_address(), "192.0.2.7");
}

TEST_F(ConfirmPageTest, SaysWhatCameOfIt) {
  says_ = Result::ALREADY_CONFIRMED;
  EXPECT_THAT(Press().body(), HasSubstr("confirmed already"));
  says_ = Result::NOT_VALID;
  EXPECT_EQ(Press().status(), 404);
  says_ = Unavailable("verify-svc");
  EXPECT_EQ(Press().status(), 503);
  says_ = RateLimited(absl::Seconds(1));
  EXPECT_EQ(Press().status(), 429);
}

TEST_F(ConfirmPageTest, AsksNobodyAboutWhatIsNoToken) {
  for (const std::string& token : {std::string(), std::string("short"), std::string(44, 'T'),
                                   std::string(42, 'T') + "<", std::string(42, 'T') + "%"}) {
    EXPECT_EQ(Send("GET", "/confirm?token=" + token).status(), 404) << token;
  }
  EXPECT_EQ(Send("GET", "/confirm").status(), 404);
  EXPECT_EQ(Press("short").status(), 404);
  EXPECT_FALSE(asked_.has_value());
  EXPECT_THAT(Send("GET", "/confirm?token=<script>").body(), Not(HasSubstr("<script>")));
}

TEST_F(ConfirmPageTest, SpeaksTheVisitorsLanguage) {
  const RecordedAnswer page = Send("GET", "/confirm?token=" + kToken, "", "de, fr;q=0.8, en;q=0.5");
  EXPECT_THAT(page.body(), AllOf(HasSubstr("<html lang=\"fr\">"), HasSubstr("Confirmer")));
  EXPECT_EQ(page.header("Content-Language"), "fr");
}

TEST_F(ConfirmPageTest, TakesNothingFromElsewhereAndIsKeptByNobody) {
  const RecordedAnswer page = Send("GET", "/confirm?token=" + kToken);
  EXPECT_THAT(page.header("Content-Security-Policy"),
              AllOf(HasSubstr("default-src 'none'"), HasSubstr("frame-ancestors 'none'"),
                    HasSubstr("form-action 'self'"), Not(HasSubstr("unsafe"))));
  EXPECT_EQ(page.header("Cache-Control"), "no-store");
  EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
  EXPECT_THAT(page.body(), AllOf(Not(HasSubstr("src=")), Not(HasSubstr("http")), Not(HasSubstr("<script"))));
}

TEST_F(ConfirmPageTest, LetsOneNetworkGuessForAWhileOnly) {
  says_ = Result::NOT_VALID;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Press().status(), 404);
  asked_.reset();
  EXPECT_EQ(Press().status(), 429);
  EXPECT_FALSE(asked_.has_value());
  clock_.Advance(absl::Minutes(1));
  EXPECT_EQ(Press().status(), 404);
}

TEST_F(ConfirmPageTest, LeavesEverythingElseToTheNext) {
  EXPECT_EQ(Send("GET", "/confirmed").status(), 204);
  EXPECT_EQ(Send("POST", "/v1/challenges").status(), 204);
  EXPECT_EQ(Send("PUT", "/confirm").status(), 405);
}

}  // namespace
}  // namespace limpid::gateway

// Proofs of ownership from start to end, with a real mail server: over HTTP, over gRPC, by the page of a
// link.
#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"

#include "tests/e2e/shapes.h"

namespace limpid::e2e {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class OwnershipProofs : public BothShapes {
 protected:
  /// An address that no other test and no other shape writes to.
  static std::string Address(const std::string& name) {
    return StrCat(name, GetParam() == Shape::kOneProcess ? ".one@" : ".four@", kMailDomain);
  }
  /// The text of the last message to an address.
  static std::string MailTo(const std::string& address) {
    std::vector<std::string> messages = Mail().Messages();
    std::reverse(messages.begin(), messages.end());
    for (const std::string& message : messages) {
      if (message.find(address) == std::string::npos) continue;
      const std::string base64 = message.substr(message.rfind("-D\n") + 3);
      std::string text;
      EXPECT_TRUE(absl::Base64Unescape(absl::StrReplaceAll(base64, {{"\n", ""}, {"\r", ""}}), &text));
      return text;
    }
    return "";
  }
  static std::string CodeIn(const std::string& text) {
    const size_t at = text.find("    ");
    return at == std::string::npos ? "" : text.substr(at + 4, 6);
  }
  static json Request(const std::string& address, const char* channel = "EMAIL_CODE") {
    return {{"channel", channel}, {"destination", address}, {"purpose", "newsletter"}};
  }
};

TEST_P(OwnershipProofs, ACodeByMailApprovesOverHttp) {
  const std::string address = Address("code");
  const HttpAnswer made = TheSuite().Post("/v1/challenges", Request(address));
  ASSERT_EQ(made.status, 200) << made.body;
  const json challenge = made.Json();
  EXPECT_EQ(challenge["state"], "PENDING");
  EXPECT_EQ(challenge["delivery"], "SENT");
  const std::string code = CodeIn(MailTo(address));
  ASSERT_THAT(code, MatchesRegex("[0-9][0-9][0-9][0-9][0-9][0-9]"));
  EXPECT_THAT(made.body, Not(HasSubstr(code)));

  const std::string path = "/v1/" + challenge["name"].get<std::string>();
  const HttpAnswer wrong = TheSuite().Post(path + ":confirm", {{"code", code == "000000" ? "1" : "000000"}});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(wrong.Json()["errors"][0]["reason"], "CODE_NOT_ACCEPTED");
  const HttpAnswer approved =
      TheSuite().Post(path + ":confirm", {{"code", code}, {"remoteAddress", "192.0.2.7"}});
  ASSERT_EQ(approved.status, 200) << approved.body;
  EXPECT_EQ(approved.Json()["state"], "APPROVED");
  EXPECT_EQ(approved.Json()["proof"]["remoteAddress"], "192.0.2.7");
  EXPECT_EQ(TheSuite().Get(path).Json(), approved.Json());
  EXPECT_EQ(TheSuite().Post(path + ":confirm", {{"code", code}}).status, 400) << "works once";
  EXPECT_THAT(TheSuite().Logs(), Not(HasSubstr(code)));
}

TEST_P(OwnershipProofs, TheSameOverGrpc) {
  const std::string address = Address("grpc");
  const auto made = TheSuite().Grpc("CreateChallenge", {{"challenge", Request(address)}});
  ASSERT_EQ(made.status, 0) << made.errors;
  const auto approved =
      TheSuite().Grpc("ConfirmChallenge", {{"name", made.Json()["name"]}, {"code", CodeIn(MailTo(address))}});
  ASSERT_EQ(approved.status, 0) << approved.errors;
  EXPECT_EQ(approved.Json()["state"], "APPROVED");
}

TEST_P(OwnershipProofs, ALinkIsConfirmedByItsButtonAndNotByBeingFollowed) {
  const std::string address = Address("link");
  json request = Request(address, "EMAIL_LINK");
  request["noticeVersion"] = "2026-11";
  const HttpAnswer made = TheSuite().Post("/v1/challenges", request);
  ASSERT_EQ(made.status, 200) << made.body;
  const std::string path = "/v1/" + made.Json()["name"].get<std::string>();
  const std::string text = MailTo(address);
  const size_t at = text.find("?token=");
  ASSERT_NE(at, std::string::npos) << text;
  const std::string token = text.substr(at + 7, 43);

  const std::string page = TheSuite().http_url() + "/confirm";
  const HttpAnswer shown = Send({.url = StrCat(page, "?token=", token)});
  EXPECT_EQ(shown.status, 200);
  EXPECT_THAT(shown.body, HasSubstr("<button"));
  EXPECT_EQ(TheSuite().Get(path).Json()["state"], "PENDING");

  const auto press = [&](const std::string& pressed) {
    return Send({.method = "POST",
                 .url = page,
                 .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                             {"Accept-Language", "en"},
                             {"X-Forwarded-For", "198.51.100.1, 203.0.113.7"}},
                 .body = "token=" + pressed});
  };
  EXPECT_EQ(press(std::string(43, 'x')).status, 404);
  EXPECT_THAT(press(token).body, HasSubstr("Thank you"));
  const json approved = TheSuite().Get(path).Json();
  EXPECT_EQ(approved["state"], "APPROVED");
  EXPECT_EQ(approved["proof"]["remoteAddress"], "203.0.113.7") << "of the visitor as the proxy saw him";
  EXPECT_EQ(approved["noticeVersion"], "2026-11");
  EXPECT_THAT(press(token).body, HasSubstr("confirmed already"));
  EXPECT_THAT(TheSuite().Logs(), Not(HasSubstr(token)));
}

TEST_P(OwnershipProofs, AnUnknownChallengeIsAnsweredLikeAWrongCode) {
  const json made = TheSuite().Post("/v1/challenges", Request(Address("same"))).Json();
  const auto answer = [&](const std::string& name) {
    json problem = TheSuite().Post("/v1/" + name + ":confirm", {{"code", "1"}}).Json();
    problem.erase("requestId");
    problem.erase("instance");
    return problem;
  };
  EXPECT_EQ(answer("challenges/unknown"), answer(made["name"]));
}

TEST_P(OwnershipProofs, AResendTooSoonSaysWhenToComeAgain) {
  const json made = TheSuite().Post("/v1/challenges", Request(Address("resend"))).Json();
  const HttpAnswer resent =
      TheSuite().Post("/v1/" + made["name"].get<std::string>() + ":resend", json::object());
  EXPECT_EQ(resent.status, 429) << resent.body;
  EXPECT_EQ(resent.Json()["reason"], "RESEND_TOO_SOON");
  EXPECT_GT(std::stoi(resent.headers.at("retry-after")), 0);
}

TEST_P(OwnershipProofs, TooManyMessagesToOneAddressAreRefused) {
  const std::string address = Address("limit");
  for (int i = 0; i < 5; ++i) ASSERT_EQ(TheSuite().Post("/v1/challenges", Request(address)).status, 200);
  const HttpAnswer spent = TheSuite().Post("/v1/challenges", Request(address));
  EXPECT_EQ(spent.status, 429);
  EXPECT_EQ(spent.Json()["reason"], "DESTINATION_LIMIT");
}

TEST_P(OwnershipProofs, UnderOneIdempotencyKeyOneMessageIsSent) {
  const std::string address = Address("once");
  const auto ask = [&] {
    return TheSuite().Post("/v1/challenges", Request(address), {{"Idempotency-Key", "one " + address}});
  };
  const HttpAnswer first = ask();
  const size_t sent = Mail().Messages().size();
  EXPECT_EQ(ask().Json()["name"], first.Json()["name"]);
  EXPECT_EQ(Mail().Messages().size(), sent);
}

LIMPID_FOR_BOTH_SHAPES(OwnershipProofs);

}  // namespace
}  // namespace limpid::e2e

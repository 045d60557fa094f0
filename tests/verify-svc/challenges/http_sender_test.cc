// Operators that answer as their documentation says, on loopback.
#include "verify-svc/challenges/http_sender.h"

#include <future>
#include <string>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"

#include "libs/base/mutex.h"
#include "libs/base/strings.h"
#include "libs/http/server.h"
#include "libs/testing/free_port.h"
#include "tests/verify-svc/challenges/texts.h"
#include "verify-svc/challenges/smsfactor_sender.h"
#include "verify-svc/challenges/template_sender.h"
#include "verify-svc/challenges/twilio_sender.h"

namespace limpid::verify {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

/// Gives one answer to all and keeps what it was asked last; without an answer it cuts the connection.
class Operator final : public http::Handler {
 public:
  void Handle(http::Request request, http::Responder responder) override {
    MutexLock lock(mutex_);
    ++asked_;
    target_ = std::string(request.target());
    authorization_ = std::string(request.Header("Authorization").value_or(""));
    body_ = request.body;
    if (cut_) {
      responder.Stream(200, {});  // dropped unfinished
      return;
    }
    responder.Send({.status = status_, .headers = {{"Content-Type", "application/json"}}, .body = answer_});
  }
  void Answer(int status, std::string body) {
    MutexLock lock(mutex_);
    status_ = status;
    answer_ = std::move(body);
  }
  void Cut() {
    MutexLock lock(mutex_);
    cut_ = true;
  }
  std::string target() const { return Locked(target_); }
  std::string authorization() const { return Locked(authorization_); }
  std::string body() const { return Locked(body_); }
  int asked() const {
    MutexLock lock(mutex_);
    return asked_;
  }

 private:
  std::string Locked(const std::string& text) const {
    MutexLock lock(mutex_);
    return text;
  }
  mutable Mutex mutex_;
  int asked_ = 0;
  int status_ = 200;
  bool cut_ = false;
  std::string answer_;
  std::string target_;
  std::string authorization_;
  std::string body_;
};

class HttpSenderTest : public ::testing::Test {
 protected:
  HttpSenderTest() {
    http::Server::Options options;
    options.host = "127.0.0.1";
    server_ = http::Server::Start(options, operator_).value();
    url_ = StrCat("http://127.0.0.1:", server_->port());
  }
  static http::Client::Options Client() {
    http::Client::Options options;
    options.guard.allowed.push_back(http::AddressBlock::Parse("127.0.0.0/8").value());
    return options;
  }
  static Fate Send(std::unique_ptr<const SenderProtocol> protocol, ChallengeMessage message,
                   http::Client::Options client = Client()) {
    HttpSender sender("operator", std::move(protocol), std::move(client));
    std::promise<Fate> fate;
    sender.Send(Call().Within(absl::Seconds(20)), message, [&fate](Fate came) { fate.set_value(came); });
    return fate.get_future().get();
  }
  static ChallengeMessage Sms() { return CodeMessage(ChallengeChannel::kSms, "+33612345678"); }
  std::unique_ptr<const SenderProtocol> SmsFactor() {
    return MakeSmsFactorSender({.url = url_, .token = "secret", .sender = "ACME"}, ShippedTextsInForce());
  }
  std::unique_ptr<const SenderProtocol> Twilio() {
    return MakeTwilioSender({.url = url_, .account = "AC1", .token = "secret", .from = "+33700000001"},
                            ShippedTextsInForce());
  }
  Fate SmsFactorSays(int status, std::string body) {
    operator_->Answer(status, std::move(body));
    return Send(SmsFactor(), Sms());
  }
  Fate TwilioSays(int status, std::string body) {
    operator_->Answer(status, std::move(body));
    return Send(Twilio(), Sms());
  }

  const std::shared_ptr<Operator> operator_ = std::make_shared<Operator>();
  std::unique_ptr<http::Server> server_;
  std::string url_;
};

TEST_F(HttpSenderTest, SmsFactorIsAskedAsItWants) {
  EXPECT_EQ(SmsFactorSays(200, R"({"status":1,"message":"OK","ticket":"14672468","cost":1,"sent":1})"),
            Fate::kSent);
  EXPECT_EQ(operator_->target(), "/send");
  EXPECT_EQ(operator_->authorization(), "Bearer secret");
  const json sms = json::parse(operator_->body())["sms"];
  EXPECT_EQ(sms["recipients"]["gsm"][0]["value"], "33612345678");
  EXPECT_EQ(sms["message"]["sender"], "ACME");
  EXPECT_EQ(sms["message"]["pushtype"], "alert");
  EXPECT_THAT(sms["message"]["text"].get<std::string>(), HasSubstr("012345"));
}

TEST_F(HttpSenderTest, SmsFactorsAnswersSayWhatBecameOfAMessage) {
  EXPECT_EQ(SmsFactorSays(200, R"({"status":1,"sent":0,"blacklisted":1})"), Fate::kRefused);
  EXPECT_EQ(SmsFactorSays(200, R"({"status":-1,"message":"AUTHENTICATION ERROR"})"), Fate::kNotSent);
  EXPECT_EQ(SmsFactorSays(200, R"({"status":-8})"), Fate::kUncertain);
  EXPECT_EQ(SmsFactorSays(200, "no JSON"), Fate::kUncertain);
}

TEST_F(HttpSenderTest, TwilioIsAskedForMessagesAndCalls) {
  EXPECT_EQ(TwilioSays(201, R"({"sid":"SM1","status":"queued","error_code":null})"), Fate::kSent);
  EXPECT_EQ(operator_->target(), "/2010-04-01/Accounts/AC1/Messages.json");
  EXPECT_EQ(operator_->authorization(), "Basic QUMxOnNlY3JldA==");
  EXPECT_THAT(operator_->body(), HasSubstr("To=%2B33612345678&From=%2B33700000001&Body="));
  EXPECT_THAT(operator_->body(), HasSubstr("012345"));
  EXPECT_EQ(Send(Twilio(), CodeMessage(ChallengeChannel::kVoice, "+33112345678")), Fate::kSent);
  EXPECT_EQ(operator_->target(), "/2010-04-01/Accounts/AC1/Calls.json");
  EXPECT_THAT(operator_->body(), HasSubstr("&Twiml=%3CResponse%3E%3CSay%20language%3D%22fr-FR%22%3E"));
}

TEST_F(HttpSenderTest, TwiliosErrorsAreAboutTheNumberOrAboutUs) {
  EXPECT_EQ(TwilioSays(400, R"({"code":21211,"message":"Invalid 'To' Phone Number"})"), Fate::kRefused);
  EXPECT_EQ(TwilioSays(400, R"({"code":21408,"message":"Permission to send an SMS has not been enabled"})"),
            Fate::kRefused);
  EXPECT_EQ(TwilioSays(401, R"({"code":20003,"message":"Authenticate"})"), Fate::kNotSent);
}

TEST_F(HttpSenderTest, AnyOperatorIsAskedByATemplate) {
  operator_->Answer(202, "");
  const auto protocol = [&] {
    return MakeTemplateSender(
        {.url = url_ + "/sms", .authorization = "Key k", .body = R"({"dest":"{to}","msg":"{text}","n":1})"},
        ShippedTextsInForce());
  };
  ChallengeMessage message = Sms();
  message.brand = "Léon \"le\" Café";
  EXPECT_EQ(Send(protocol(), message), Fate::kSent);
  const json body = json::parse(operator_->body());
  EXPECT_EQ(body["dest"], "+33612345678");
  EXPECT_THAT(body["msg"].get<std::string>(), HasSubstr("Léon \"le\" Café"));
  EXPECT_EQ(operator_->authorization(), "Key k");
  operator_->Answer(422, "");
  EXPECT_EQ(Send(protocol(), message), Fate::kNotSent);
}

TEST_F(HttpSenderTest, AFailureThatMayHaveSentIsUncertainAndNotRepeated) {
  EXPECT_EQ(TwilioSays(500, "{}"), Fate::kUncertain);
  EXPECT_EQ(TwilioSays(503, "{}"), Fate::kUncertain);
  operator_->Cut();
  EXPECT_EQ(Send(Twilio(), Sms()), Fate::kUncertain);
  EXPECT_EQ(operator_->asked(), 3);
}

TEST_F(HttpSenderTest, ARefusalBeforeAnythingWasSentIsNoDoubt) {
  EXPECT_EQ(TwilioSays(429, "{}"), Fate::kNotSent);
  url_ = StrCat("http://127.0.0.1:", limpid::testing::FreePort());
  EXPECT_EQ(Send(Twilio(), Sms()), Fate::kNotSent) << "nobody listens";
  EXPECT_EQ(Send(Twilio(), Sms(), http::Client::Options()), Fate::kNotSent) << "not a public address";
  url_ = "http://no-such-host.invalid";
  EXPECT_EQ(Send(Twilio(), Sms()), Fate::kNotSent) << "no such host";
}

TEST_F(HttpSenderTest, ARedirectIsNotFollowed) {
  EXPECT_EQ(TwilioSays(302, ""), Fate::kUncertain);
  EXPECT_EQ(operator_->asked(), 1);
}

}  // namespace
}  // namespace limpid::verify

// Against a real Exim.
#include "verify-svc/challenges/smtp_sender.h"

#include <future>

#include <gmock/gmock.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"

#include "libs/base/strings.h"
#include "libs/testing/certificate.h"
#include "libs/testing/exim_server.h"
#include "libs/testing/free_port.h"
#include "tests/verify-svc/challenges/texts.h"

namespace limpid::verify {
namespace {

using limpid::testing::EximServer;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class SmtpSenderTest : public ::testing::Test {
 protected:
  static std::unique_ptr<EximServer> Start(EximServer::Options options = {}) {
    auto exim = EximServer::Start(std::move(options));
    EXPECT_TRUE(exim.ok()) << exim.status();
    return exim.ok() ? *std::move(exim) : nullptr;
  }
  static SmtpSender::Options At(int port) {
    return {.url = StrCat("smtp://127.0.0.1:", port), .from = "no-reply@acme.example", .require_tls = false};
  }
  static Fate Send(SmtpSender& sender, const ChallengeMessage& message) {
    std::promise<Fate> fate;
    sender.Send(Call().Within(absl::Seconds(20)), message, [&fate](Fate came) { fate.set_value(came); });
    return fate.get_future().get();
  }
  static std::unique_ptr<SmtpSender> Make(SmtpSender::Options options) {
    return std::make_unique<SmtpSender>(std::move(options), ShippedTextsInForce(), SystemClock(),
                                        SecureRandom());
  }
  static ChallengeMessage To(const char* address) {
    return CodeMessage(ChallengeChannel::kEmailCode, address);
  }
};

TEST_F(SmtpSenderTest, AMessageArrivesAsItWasWritten) {
  const auto exim = Start();
  const auto sender = Make(At(exim->port()));
  EXPECT_EQ(Send(*sender, To("jean@exim.test")), Fate::kSent);
  ASSERT_THAT(exim->Messages(), SizeIs(1));
  const std::string message = exim->Messages().front();
  EXPECT_THAT(message, HasSubstr("no-reply@acme.example"));
  EXPECT_THAT(message, HasSubstr("Auto-Submitted: auto-generated"));
  std::string body;
  const std::string base64 = message.substr(message.rfind("-D\n") + 3);
  ASSERT_TRUE(absl::Base64Unescape(absl::StrReplaceAll(base64, {{"\n", ""}, {"\r", ""}}), &body)) << message;
  EXPECT_THAT(body, HasSubstr("012345"));
}

TEST_F(SmtpSenderTest, AMailboxThatIsNotThereIsRefused) {
  const auto exim = Start();
  const auto sender = Make(At(exim->port()));
  EXPECT_EQ(Send(*sender, To("nobody@exim.test")), Fate::kRefused);
  EXPECT_THAT(exim->Messages(), SizeIs(0));
  EXPECT_EQ(Send(*sender, To("jean@exim.test")), Fate::kSent) << "the connection is of use after it";
}

TEST_F(SmtpSenderTest, NothingIsSentToAServerThatIsNotThere) {
  const auto sender = Make(At(limpid::testing::FreePort()));
  EXPECT_EQ(Send(*sender, To("jean@exim.test")), Fate::kNotSent);
}

TEST_F(SmtpSenderTest, NothingIsSentInClearUnlessAllowed) {
  const auto exim = Start();
  SmtpSender::Options options = At(exim->port());
  options.require_tls = true;
  const auto sender = Make(options);
  EXPECT_EQ(Send(*sender, To("jean@exim.test")), Fate::kNotSent);
  EXPECT_THAT(exim->Messages(), SizeIs(0));
}

TEST_F(SmtpSenderTest, NoAddressSmugglesASecondRecipient) {
  const auto exim = Start({.mailboxes = {"jean@exim.test", "paul@exim.test"}});
  const auto sender = Make(At(exim->port()));
  EXPECT_NE(Send(*sender, To("jean@exim.test>\r\nRCPT TO:<paul@exim.test")), Fate::kSent);
  EXPECT_THAT(exim->Messages(), SizeIs(0));
}

TEST_F(SmtpSenderTest, EndsWhatWasAdmittedBeforeItEnds) {
  const auto exim = Start();
  std::promise<Fate> fate;
  Make(At(exim->port()))->Send(Call().Within(absl::Seconds(20)), To("jean@exim.test"), [&fate](Fate came) {
    fate.set_value(came);
  });
  EXPECT_EQ(fate.get_future().get(), Fate::kSent);
}

}  // namespace
}  // namespace limpid::verify

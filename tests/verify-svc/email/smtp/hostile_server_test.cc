// Servers that do what no real one does, or only a hostile one.
#include <atomic>
#include <memory>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/strings.h"
#include "libs/quality/reasons.h"
#include "tests/verify-svc/email/smtp/callout_fixture.h"
#include "tests/verify-svc/email/smtp/scripted_server.h"

namespace limpid::verify {
namespace {

namespace er = quality::email_reason;
using ::testing::AnyOf;
using Reaction = ScriptedServer::Reaction;

// Says `text` when it is sent `verb` (nothing: as the greeting), and is well-behaved before.
ScriptedServer::Script SaysAt(const std::string& verb, const std::string& text, bool close = false) {
  return [=, others = Mailboxes({"jean"})](int connection, const std::string& line) -> Reaction {
    const bool here = verb.empty() ? line.empty() : line.starts_with(verb);
    return here ? Reaction{text, close} : others(connection, line);
  };
}

std::string_view ReasonWith(SmtpCallout::Options options, absl::Duration time_for_a_step) {
  options.session.greeting_timeout = time_for_a_step;
  options.session.step_timeout = time_for_a_step;
  CalloutFixture fixture(std::move(options));
  return fixture.AskOne("jean@example.fr").reason;
}

// However busy the machine is, a server that says something is heard.
std::string_view ReasonAt(const ScriptedServer& server) {
  return ReasonWith(CalloutOptions(server.port()), absl::Seconds(30));
}

// Where the end of the waiting is what is tested; its length is never asserted on.
std::string_view ReasonInHasteAt(const ScriptedServer& server) {
  return ReasonWith(CalloutOptions(server.port()), absl::Milliseconds(200));
}

TEST(HostileServer, ThatNeverSaysAnythingIsLeftInTime) {
  for (const char* const verb : {"", "EHLO", "MAIL", "RCPT"}) {
    EXPECT_EQ(ReasonInHasteAt(ScriptedServer(SaysAt(verb, ""))), er::kTimeout) << verb;
  }
}

TEST(HostileServer, ThatNeverEndsItsReplyIsLeftInTime) {
  for (const char* const verb : {"", "EHLO", "RCPT"}) {
    EXPECT_EQ(ReasonInHasteAt(ScriptedServer(SaysAt(verb, "250-first line\r\n250-second"))), er::kTimeout)
        << verb;
  }
}

TEST(HostileServer, WithAnEndlessGreetingIsNotListenedTo) {
  std::string lines;
  for (int i = 0; i < 200'000; ++i) lines += "220-hello\r\n";
  EXPECT_EQ(ReasonAt(ScriptedServer(SaysAt("", lines))), er::kProtocolError);
}

TEST(HostileServer, WithALineOfEightMebibytesIsNotListenedTo) {
  const std::string line = StrCat("250 ", std::string(8 << 20, 'x'), "\r\n");
  for (const char* const verb : {"MAIL", "RCPT"}) {
    EXPECT_EQ(ReasonAt(ScriptedServer(SaysAt(verb, line))), er::kProtocolError) << verb;
  }
  for (const char* const verb : {"", "EHLO"}) {
    // libcurl cuts the line, or finds that it cannot be one.
    EXPECT_THAT(ReasonInHasteAt(ScriptedServer(SaysAt(verb, line))),
                AnyOf(er::kProtocolError, er::kTimeout, er::kConnectionLost, er::kMailboxExists))
        << verb;
  }
}

TEST(HostileServer, ThatSpeaksAnotherLanguageIsNotMistakenForAMailServer) {
  for (const char* const verb : {"", "EHLO", "MAIL", "RCPT"}) {
    for (const std::string_view garbage : {"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
                                           "\r\n", "\x16\x03\x01\x02\r\n", "999 what\r\n", "25\r\n"}) {
      EXPECT_EQ(ReasonAt(ScriptedServer(SaysAt(verb, std::string(garbage)))), er::kProtocolError)
          << verb << ": " << garbage;
    }
  }
}

TEST(HostileServer, ThatHangsUpHalfWayThroughAReplyLosesTheConnection) {
  for (const char* const verb : {"", "EHLO", "MAIL", "RCPT"}) {
    EXPECT_THAT(ReasonAt(ScriptedServer(SaysAt(verb, "55", /*close=*/true))), er::kConnectionLost) << verb;
  }
}

TEST(HostileServer, ThatSendsMoreRepliesThanItWasAskedForChangesNothing) {
  ScriptedServer server([others = Mailboxes({})](int connection, const std::string& line) -> Reaction {
    Reaction reaction = others(connection, line);
    if (line.starts_with("RCPT")) reaction.text += "250 2.1.5 Ok\r\n250 2.1.5 Ok\r\n250 2.1.5 Ok\r\n";
    return reaction;
  });
  EXPECT_EQ(ReasonAt(server), er::kMailboxNotFound);
}

TEST(HostileServer, ThatTakesAllItsTimeDoesNotTakeTheCallers) {
  ScriptedServer server(SaysAt("RCPT", ""));
  SmtpCallout::Options options = CalloutOptions(server.port());
  CalloutFixture fixture(options);
  const CalloutAnswer answer =
      fixture.Ask("example.fr", {"jean"}, {"127.0.0.1"}, absl::Milliseconds(300)).front();
  EXPECT_EQ(answer.reason, er::kTimeout);
}

TEST(HostileServer, DoesNotTakeBackWhatItSaidOfTheMailbox) {
  // The mailbox is accepted; the one that nobody has is never answered.
  auto silent = std::make_shared<std::atomic<bool>>(false);
  ScriptedServer server(
      [silent, others = Mailboxes({"jean"})](int connection, const std::string& line) -> Reaction {
        if (line.starts_with("RCPT") && line.find("<jean@") == std::string::npos) *silent = true;
        return *silent ? Reaction() : others(connection, line);
      });
  CalloutFixture fixture(CalloutOptions(server.port()));
  const CalloutAnswer answer =
      fixture.Ask("example.fr", {"jean"}, {"127.0.0.1"}, absl::Milliseconds(500)).front();
  EXPECT_EQ(answer.reason, er::kMailboxExists);
  EXPECT_EQ(answer.catch_all, quality::Ternary::kUnknown);
}

}  // namespace
}  // namespace limpid::verify

#include "verify-svc/email/smtp/smtp_callout.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"

#include "libs/base/strings.h"
#include "libs/quality/reasons.h"
#include "tests/verify-svc/email/smtp/callout_fixture.h"
#include "tests/verify-svc/email/smtp/scripted_server.h"

namespace limpid::verify {
namespace {

namespace er = quality::email_reason;
using quality::Ternary;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using Reaction = ScriptedServer::Reaction;

std::vector<std::string_view> Reasons(const std::vector<CalloutAnswer>& answers) {
  std::vector<std::string_view> reasons;
  for (const CalloutAnswer& answer : answers) reasons.push_back(answer.reason);
  return reasons;
}

std::vector<std::string> Steps(const CalloutAnswer& answer) {
  std::vector<std::string> steps;
  for (const quality::EmailEvidence& evidence : answer.evidence) {
    steps.push_back(StrCat(evidence.step, " ", evidence.code));
  }
  return steps;
}

// A server that gives `reply` to RCPT TO and is otherwise well-behaved.
ScriptedServer::Script RefusesBy(const std::string& reply) {
  return [reply, others = Mailboxes({})](int connection, const std::string& line) -> Reaction {
    if (line.starts_with("RCPT")) return {reply + "\r\n"};
    return others(connection, line);
  };
}

TEST(SmtpCallout, AsksForTheMailboxFirstAndForOneThatNobodyHasInATransactionOfItsOwn) {
  ScriptedServer server(Mailboxes({"jean"}));
  CalloutFixture fixture(CalloutOptions(server.port()));
  const CalloutAnswer answer = fixture.AskOne("jean@example.fr");
  EXPECT_EQ(answer.reason, er::kMailboxExists);
  EXPECT_EQ(answer.catch_all, Ternary::kNo);
  EXPECT_THAT(Steps(answer),
              ElementsAre("CONNECT 220", "EHLO 250", "MAIL 250", "RCPT 250", "RANDOM_RCPT 550"));
  EXPECT_EQ(answer.evidence.front().host, "mx1.example.fr");
  EXPECT_EQ(answer.evidence.front().source, "127.0.0.1");

  const std::vector<std::string> lines = server.AwaitLines(7);
  ASSERT_GE(lines.size(), 7U);
  EXPECT_THAT(std::vector(lines.begin(), lines.begin() + 7),
              ElementsAre("EHLO verify.limpid.test", "MAIL FROM:<verify@limpid.test>",
                          "RCPT TO:<jean@example.fr>", "RSET", "MAIL FROM:<verify@limpid.test>",
                          AllOf(StartsWith("RCPT TO:<"), Not(HasSubstr("jean"))), "RSET"));
  EXPECT_THAT(lines, Each(Not(StartsWith("DATA"))));
  EXPECT_THAT(lines, Each(Not(StartsWith("VRFY"))));
}

TEST(SmtpCallout, RemembersWhetherADomainIsACatchAll) {
  ScriptedServer server(Mailboxes({"jean", "anne"}));
  CalloutFixture fixture(CalloutOptions(server.port()));
  fixture.AskOne("jean@example.fr");
  EXPECT_EQ(fixture.AskOne("anne@example.fr").catch_all, Ternary::kNo);
  EXPECT_EQ(std::ranges::count_if(server.lines(), [](const auto& line) { return line.starts_with("RCPT"); }),
            3);
}

TEST(SmtpCallout, CallsACatchAllByItsName) {
  ScriptedServer server(RefusesBy("250 2.1.5 Ok"));
  CalloutFixture fixture(CalloutOptions(server.port()));
  const auto answers = fixture.Ask("example.fr", {"jean", "anne"});
  EXPECT_THAT(Reasons(answers), ElementsAre(er::kCatchAll, er::kCatchAll));
  EXPECT_EQ(answers.front().catch_all, Ternary::kYes);
}

TEST(SmtpCallout, NeverReadsARefusalOfTheOtherMailboxAsEvidence) {
  for (const std::string_view refusal :
       {"450 4.2.0 Greylisted", "554 5.7.1 Access denied", "451 4.3.0 Try later"}) {
    ScriptedServer server(
        [refusal, others = Mailboxes({"jean"})](int connection, const std::string& line) -> Reaction {
          if (line.starts_with("RCPT") && !absl::StrContains(line, "<jean@"))
            return {StrCat(refusal, "\r\n")};
          return others(connection, line);
        });
    CalloutFixture fixture(CalloutOptions(server.port()));
    const CalloutAnswer answer = fixture.AskOne("jean@example.fr");
    EXPECT_EQ(answer.reason, er::kMailboxExists) << refusal;
    EXPECT_EQ(answer.catch_all, Ternary::kUnknown) << refusal;
  }
}

TEST(SmtpCallout, AsksForTenMailboxesInASessionAndForMoreInAnother) {
  ScriptedServer server(Mailboxes({"u1", "u12"}));
  CalloutFixture fixture(CalloutOptions(server.port()));
  std::vector<std::string> local_parts;
  for (int i = 0; i < 15; ++i) local_parts.push_back(StrCat("u", i));
  const auto answers = fixture.Ask("example.fr", local_parts);
  ASSERT_THAT(answers, SizeIs(15));
  for (int i = 0; i < 15; ++i) {
    EXPECT_EQ(answers[i].reason, i == 1 || i == 12 ? er::kMailboxExists : er::kMailboxNotFound) << i;
  }
  EXPECT_LE(server.connections(), 3);
}

TEST(SmtpCallout, KeepsTheVerdictsOfAServerThatClosesAfterARefusal) {
  ScriptedServer server([others = Mailboxes({"jean"})](int connection, const std::string& line) -> Reaction {
    Reaction reaction = others(connection, line);
    reaction.close = reaction.close || reaction.text.starts_with("550");
    return reaction;
  });
  CalloutFixture fixture(CalloutOptions(server.port()));
  EXPECT_THAT(
      Reasons(fixture.Ask("example.fr", {"a", "b", "jean", "c"})),
      ElementsAre(er::kMailboxNotFound, er::kMailboxNotFound, er::kMailboxExists, er::kMailboxNotFound));
}

TEST(SmtpCallout, AsksAgainInANewSessionWhereAServerTakesOneRecipient) {
  auto asked = std::make_shared<std::map<int, int>>();
  auto mutex = std::make_shared<Mutex>();
  ScriptedServer server(
      [=, others = Mailboxes({"jean", "anne"})](int connection, const std::string& line) -> Reaction {
        if (line.starts_with("RCPT")) {
          MutexLock lock(*mutex);
          if (++(*asked)[connection] > 1) return {"452 4.5.3 Too many recipients\r\n"};
        }
        return others(connection, line);
      });
  CalloutFixture fixture(CalloutOptions(server.port()));
  const auto answers = fixture.Ask("example.fr", {"jean", "paul", "anne"});
  EXPECT_THAT(Reasons(answers), ElementsAre(er::kMailboxExists, er::kMailboxNotFound, er::kMailboxExists));
  EXPECT_EQ(answers.front().catch_all, Ternary::kNo)
      << "the mailbox that nobody has was asked for in a session of its own";
}

TEST(SmtpCallout, TriesAgainOnceAfterALostConnection) {
  for (const int losses : {1, 2}) {
    ScriptedServer server(
        [=, others = Mailboxes({"jean"})](int connection, const std::string& line) -> Reaction {
          if (connection < losses && line.starts_with("MAIL")) return {"", true};
          return others(connection, line);
        });
    CalloutFixture fixture(CalloutOptions(server.port()));
    EXPECT_EQ(fixture.AskOne("jean@example.fr").reason,
              losses == 1 ? er::kMailboxExists : er::kConnectionLost);
    EXPECT_GE(server.connections(), 2);
  }
}

TEST(SmtpCallout, TriesOneOtherHostAfterAFailedConnect) {
  ScriptedServer server(Mailboxes({"jean"}), {.address = "127.0.0.2"});
  CalloutFixture fixture(CalloutOptions(server.port()));
  const auto answers = fixture.Ask("example.fr", {"jean"}, {"127.0.0.1", "127.0.0.2"});
  EXPECT_THAT(Reasons(answers), ElementsAre(er::kMailboxExists));
  EXPECT_THAT(Steps(answers.front()), Contains("CONNECT 0"));
  EXPECT_THAT(Reasons(fixture.Ask("example.com", {"jean"}, {"127.0.0.3", "127.0.0.4", "127.0.0.2"})),
              ElementsAre(er::kNoConnect));
}

TEST(SmtpCallout, TriesOneOtherHostWhereOneHasNoTime) {
  for (const std::string_view when : {"", "MAIL", "RCPT"}) {
    ScriptedServer busy(
        [=, others = Mailboxes({"jean"})](int connection, const std::string& line) -> Reaction {
          if (when.empty() ? line.empty() : line.starts_with(when))
            return {"421 4.3.2 Shutting down\r\n", true};
          return others(connection, line);
        });
    ScriptedServer server(Mailboxes({"jean"}), {.address = "127.0.0.2", .port = busy.port()});
    CalloutFixture fixture(CalloutOptions(busy.port()));
    EXPECT_THAT(Reasons(fixture.Ask("example.fr", {"jean"}, {"127.0.0.1", "127.0.0.2"})),
                ElementsAre(er::kMailboxExists))
        << when;
  }
}

TEST(SmtpCallout, TellsTheMomentFromTheMailbox) {
  const std::vector<std::pair<std::string, std::string_view>> cases = {
      {"550 5.1.1 User unknown", er::kMailboxNotFound},
      {"550 5.2.1 Mailbox disabled", er::kMailboxDisabled},
      {"452 4.2.2 Mailbox full", er::kMailboxFull},
      {"451 4.3.0 Temporary lookup failure", er::kTemporaryFailure},
      {"454 4.7.1 Relay access denied", er::kRelayDenied},
      {"550 5.7.1 Access denied by policy", er::kPolicy},
      {"550 5.1.1 Your IP is on a blacklist", er::kBlocked},
      {"252 2.5.2 Will see", er::kProviderNotVerifiable},
  };
  for (const auto& [reply, reason] : cases) {
    ScriptedServer server(RefusesBy(reply));
    CalloutFixture fixture(CalloutOptions(server.port()));
    EXPECT_EQ(fixture.AskOne("jean@example.fr").reason, reason) << reply;
  }
}

TEST(SmtpCallout, SaysWhenAGreylistingServerIsToBeAskedAgain) {
  ScriptedServer server(RefusesBy("450 4.2.0 Recipient address rejected: Greylisted"));
  CalloutFixture fixture(CalloutOptions(server.port()));
  for (const absl::Duration retry :
       {absl::Minutes(1), absl::Minutes(5), absl::Minutes(15), absl::Minutes(15)}) {
    const CalloutAnswer answer = fixture.AskOne("jean@example.fr");
    EXPECT_EQ(answer.reason, er::kGreylisted);
    EXPECT_EQ(answer.retry_after, retry);
  }
}

TEST(SmtpCallout, LeavesAProviderAloneAfterTheFirstSignOfABlock) {
  ScriptedServer server([](int, const std::string&) -> Reaction {
    return {"554 5.7.1 Service refused; your IP is listed at zen.spamhaus.org\r\n", true};
  });
  CalloutFixture fixture(CalloutOptions(server.port()));
  EXPECT_EQ(fixture.AskOne("jean@example.fr").reason, er::kBlocked);
  const CalloutAnswer next = fixture.AskOne("anne@example.fr");
  EXPECT_EQ(next.reason, er::kBlocked);
  ASSERT_TRUE(next.retry_after);
  EXPECT_GT(*next.retry_after, absl::Minutes(29));
  EXPECT_EQ(server.connections(), 1);
}

TEST(SmtpCallout, AsksAProviderInNoMoreSessionsThanItIsMeantTo) {
  ScriptedServer server(Mailboxes({"jean"}), {.delay = absl::Milliseconds(20)});
  SmtpCallout::Options options = CalloutOptions(server.port());
  options.limits.connections = 2;
  CalloutFixture fixture(options);
  // All these domains have their mail with one provider.
  std::atomic<int> answered = 0;
  std::promise<void> all;
  for (int i = 0; i < 12; ++i) {
    CalloutQuery query = Query(StrCat("customer", i, ".fr"), {"jean"});
    query.mail.hosts.front().name = "mx.provider.fr";
    fixture.callout().Ask(Call(), query, [&](absl::StatusOr<std::vector<CalloutAnswer>> answers) {
      EXPECT_EQ(answers->front().reason, er::kMailboxExists);
      if (++answered == 12) all.set_value();
    });
  }
  all.get_future().wait();
  EXPECT_LE(server.most_at_once(), 2);
}

TEST(SmtpCallout, TellsAtOnceWhoWouldWaitPastHisDeadline) {
  ScriptedServer server(Mailboxes({"jean"}));
  SmtpCallout::Options options = CalloutOptions(server.port());
  options.limits.per_minute = 5;  // A burst of five, then one in twelve seconds.
  CalloutFixture fixture(options);
  const auto answers =
      fixture.Ask("example.fr", {"a", "b", "c", "d", "e", "f", "g"}, {"127.0.0.1"}, absl::Seconds(4));
  EXPECT_THAT(Reasons(answers),
              ElementsAre(er::kMailboxNotFound, er::kMailboxNotFound, er::kMailboxNotFound,
                          er::kMailboxNotFound, er::kMailboxNotFound, er::kRateLimited, er::kRateLimited));
  EXPECT_GT(*answers.back().retry_after, absl::Seconds(5));
}

TEST(SmtpCallout, ConnectsToNoAddressThatIsNotPublic) {
  ScriptedServer server(Mailboxes({"jean"}));
  SmtpCallout::Options options = CalloutOptions(server.port());
  options.session.guard.allowed.clear();
  CalloutFixture fixture(options);
  for (const std::string_view address :
       {"127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0"}) {
    EXPECT_THAT(Reasons(fixture.Ask("example.fr", {"jean"}, {std::string(address)})),
                ElementsAre(er::kNoConnect));
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST(SmtpCallout, IsNotMisledByAHostThatIsNamedLikeAnAddress) {
  ScriptedServer server(Mailboxes({"jean"}));
  SmtpCallout::Options options = CalloutOptions(server.port());
  options.session.guard.allowed = {*http::AddressBlock::Parse("127.0.0.2")};
  options.session.connect_timeout = absl::Milliseconds(200);
  CalloutFixture fixture(options);
  for (const std::string_view host : {"127.0.0.1", "2130706433", "0x7f000001", "127.1", "localhost"}) {
    CalloutQuery query = Query("example.fr", {"jean"}, {"127.0.0.2"});
    query.mail.hosts.front().name = host;
    EXPECT_EQ(fixture.Ask(Call(), query).front().reason, er::kNoConnect) << host;
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST(SmtpCallout, SendsNoCommandThatAnAddressHides) {
  ScriptedServer server(Mailboxes({"jean"}));
  CalloutFixture fixture(CalloutOptions(server.port()));
  const std::vector<std::string> hostile = {"jean\r\nDATA",
                                            "jean\nRCPT TO:<x",
                                            "jean>\r\nMAIL FROM:<x",
                                            "jean> SIZE=1 <x",
                                            std::string("jean\0DATA", 9),
                                            "\"jean\r\nDATA\"",
                                            "\"jean\\\r\nDATA\"",
                                            "\"je\"an\"",
                                            "jean dupont",
                                            "\xe2\x80\xaejean\r",
                                            "\xff\xfe",
                                            std::string(1 << 20, 'a'),
                                            ""};
  EXPECT_THAT(Reasons(fixture.Ask("example.fr", hostile)), Each(er::kMailboxNotChecked));
  EXPECT_THAT(server.lines(), IsEmpty());
  // A quoted local part that is well-formed may hold anything printable.
  EXPECT_EQ(fixture.AskOne("\"je>an DATA\"@example.fr").reason, er::kMailboxNotFound);
  for (const std::string& line : server.lines()) {
    static const auto& verbs = *new std::set<std::string>{"EHLO", "MAIL", "RCPT", "RSET", "QUIT"};
    EXPECT_TRUE(verbs.contains(line.substr(0, 4))) << line;
  }
}

TEST(SmtpCallout, AsksForAnInternationalMailboxOnlyWhereThatIsOffered) {
  ScriptedServer server(Mailboxes({"jérôme"}));
  CalloutFixture fixture(CalloutOptions(server.port()));
  EXPECT_EQ(fixture.AskOne("jérôme@example.fr").reason, er::kMailboxExists);
  EXPECT_THAT(server.lines(), Contains("MAIL FROM:<verify@limpid.test> SMTPUTF8"));

  ScriptedServer old([others = Mailboxes({})](int connection, const std::string& line) -> Reaction {
    if (line.starts_with("EHLO")) return {"250 mx.test\r\n"};
    return others(connection, line);
  });
  CalloutFixture other(CalloutOptions(old.port()));
  EXPECT_THAT(Reasons(other.Ask("example.fr", {"jérôme", "jean"})),
              ElementsAre(er::kSmtputf8Unsupported, er::kMailboxNotFound));
}

TEST(SmtpCallout, SpeaksHeloToAServerThatKnowsNoEhlo) {
  ScriptedServer server([others = Mailboxes({"jean"})](int connection, const std::string& line) -> Reaction {
    if (line.starts_with("EHLO")) return {"502 5.5.1 Unknown command\r\n"};
    return others(connection, line);
  });
  CalloutFixture fixture(CalloutOptions(server.port()));
  EXPECT_EQ(fixture.AskOne("jean@example.fr").reason, er::kMailboxExists);
  EXPECT_THAT(server.lines(), Contains("HELO verify.limpid.test"));
}

TEST(SmtpCallout, MasksAddressesThatServersRepeat) {
  ScriptedServer server(RefusesBy("550 5.1.1 <jean.dupont@example.fr>: Jean.Dupont unknown here"));
  CalloutFixture fixture(CalloutOptions(server.port()));
  for (const quality::EmailEvidence& evidence : fixture.AskOne("jean.dupont@example.fr").evidence) {
    EXPECT_THAT(evidence.text, Not(HasSubstr("dupont")));
    EXPECT_THAT(evidence.text, Not(HasSubstr("Dupont")));
  }
}

TEST(SmtpCallout, EndsWithItsCall) {
  ScriptedServer server([](int, const std::string&) -> Reaction { return {}; });
  CalloutFixture fixture(CalloutOptions(server.port()));
  std::stop_source stop;
  Call call;
  call.stop = stop.get_token();
  std::promise<absl::Status> ended;
  fixture.callout().Ask(call, Query("example.fr", {"jean"}),
                        [&](auto answers) { ended.set_value(answers.status()); });
  stop.request_stop();
  EXPECT_TRUE(absl::IsCancelled(ended.get_future().get()));
}

TEST(SmtpCallout, CancelsWhatIsUnderWayWhenItEnds) {
  ScriptedServer server([](int, const std::string&) -> Reaction { return {}; });
  std::promise<absl::Status> ended;
  {
    CalloutFixture fixture(CalloutOptions(server.port()));
    fixture.callout().Ask(Call(), Query("example.fr", {"jean"}),
                          [&](auto answers) { ended.set_value(answers.status()); });
  }
  EXPECT_TRUE(absl::IsCancelled(ended.get_future().get()));
}

TEST(SmtpCallout, CancelsWhoAsksWhileItEnds) {
  ScriptedServer server([](int, const std::string&) -> Reaction { return {}; });
  CalloutFixture fixture(CalloutOptions(server.port()));
  absl::Status then;
  fixture.callout().Ask(Call(), Query("example.fr", {"jean"}), [&](const auto&) {
    fixture.callout().Ask(Call(), Query("example.com", {"jean"}),
                          [&](const auto& answers) { then = answers.status(); });
  });
  fixture.callout().Stop();
  EXPECT_TRUE(absl::IsCancelled(then));
  absl::Status afterwards;
  fixture.callout().Ask(Call(), Query("example.org", {"jean"}),
                        [&](const auto& answers) { afterwards = answers.status(); });
  EXPECT_TRUE(absl::IsCancelled(afterwards));
}

}  // namespace
}  // namespace limpid::verify

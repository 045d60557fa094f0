// The same against real servers, which cannot be talked into anything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/strings.h"
#include "libs/quality/reasons.h"
#include "libs/testing/exim_server.h"
#include "libs/testing/postfix_server.h"
#include "libs/testing/socks_proxy.h"
#include "tests/verify-svc/email/smtp/callout_fixture.h"

namespace limpid::verify {
namespace {

namespace er = quality::email_reason;
using quality::Ternary;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

std::vector<std::pair<std::string_view, int>> Steps(const CalloutAnswer& answer) {
  std::vector<std::pair<std::string_view, int>> steps;
  for (const quality::EmailEvidence& evidence : answer.evidence)
    steps.emplace_back(evidence.step, evidence.code);
  return steps;
}

TEST(Exim, TellsMailboxesFromOthersAndCatchAlls) {
  auto exim =
      testing::EximServer::Start({.mailboxes = {"jean@exim.test"}, .catch_all_domains = {"all.test"}});
  ASSERT_TRUE(exim.ok()) << exim.status();
  CalloutFixture fixture(CalloutOptions((*exim)->port()));
  const auto answers = fixture.Ask("exim.test", {"jean", "paul", "jérôme"});
  EXPECT_EQ(answers[0].reason, er::kMailboxExists);
  EXPECT_EQ(answers[0].catch_all, Ternary::kNo);
  EXPECT_EQ(answers[1].reason, er::kMailboxNotFound);
  EXPECT_EQ(answers[2].reason, er::kMailboxNotFound) << "Exim offers SMTPUTF8";
  EXPECT_EQ(fixture.AskOne("jean@all.test").reason, er::kCatchAll);
  EXPECT_EQ(fixture.AskOne("jean@other.test").reason, er::kRelayDenied);
  EXPECT_THAT((*exim)->Messages(), IsEmpty());
}

TEST(Exim, IsAskedOverTlsWhereItDemandsThat) {
  const testing::TempDir folder;
  auto exim = testing::EximServer::Start(
      {.tls = testing::MakeCertificate(folder, "mx", "DNS:mx.example.org"), .demand_tls = true});
  ASSERT_TRUE(exim.ok()) << exim.status();
  CalloutFixture fixture(CalloutOptions((*exim)->port()));
  const CalloutAnswer answer = fixture.AskOne("jean@exim.test");
  EXPECT_EQ(answer.reason, er::kMailboxExists);
  EXPECT_EQ(answer.catch_all, Ternary::kNo);
  EXPECT_THAT(Steps(answer), Contains(Pair("TLS", 220)));
}

TEST(Exim, IsAskedWithoutTlsWhereItsOwnIsBroken) {
  const testing::TempDir folder;
  auto exim =
      testing::EximServer::Start({.tls = testing::Certificate{folder.File("none"), folder.File("none")}});
  ASSERT_TRUE(exim.ok()) << exim.status();
  CalloutFixture fixture(CalloutOptions((*exim)->port()));
  EXPECT_EQ(fixture.AskOne("jean@exim.test").reason, er::kMailboxExists);
}

TEST(Exim, WhoseMailboxesAreFullOrBusySaysSo) {
  auto exim = testing::EximServer::Start(
      {.mailboxes = {"full@exim.test", "later@exim.test", "grey@exim.test"},
       .recipient_rules =
           "  defer message = 4.2.2 Mailbox full\n  local_parts = full\n"
           "  defer message = 4.3.0 Lookup failed\n  local_parts = later\n"
           "  defer message = Greylisted, please try again in 5 minutes\n  local_parts = grey\n"});
  ASSERT_TRUE(exim.ok()) << exim.status();
  CalloutFixture fixture(CalloutOptions((*exim)->port()));
  const auto answers = fixture.Ask("exim.test", {"full", "later", "grey"});
  EXPECT_EQ(answers[0].reason, er::kMailboxFull);
  EXPECT_EQ(answers[1].reason, er::kTemporaryFailure);
  EXPECT_EQ(answers[2].reason, er::kGreylisted);
}

TEST(Postfix, TellsMailboxesFromOthersAndCatchAlls) {
  auto postfix = testing::PostfixServer::Start(
      {.mailboxes = {"jean@postfix.test", "jérôme@postfix.test"}, .catch_all_domains = {"all.test"}});
  ASSERT_TRUE(postfix.ok()) << postfix.status();
  CalloutFixture fixture(CalloutOptions((*postfix)->port()));
  const auto answers = fixture.Ask("postfix.test", {"jean", "paul", "jérôme", "\"jean paul\""});
  EXPECT_EQ(answers[0].reason, er::kMailboxExists) << (*postfix)->Log();
  EXPECT_EQ(answers[0].catch_all, Ternary::kNo);
  EXPECT_EQ(answers[1].reason, er::kMailboxNotFound);
  EXPECT_EQ(answers[2].reason, er::kMailboxExists) << "by SMTPUTF8";
  EXPECT_EQ(answers[3].reason, er::kMailboxNotFound);
  EXPECT_EQ(fixture.AskOne("jean@all.test").reason, er::kCatchAll);
  EXPECT_EQ(fixture.AskOne("jean@other.test").reason, er::kRelayDenied) << "454 4.7.1 speaks of no mailbox";
}

TEST(Postfix, ThatRefusesOurNameSaysNothingOfTheMailbox) {
  auto postfix = testing::PostfixServer::Start(
      {.settings =
           "smtpd_helo_restrictions = reject_unknown_helo_hostname\nunknown_hostname_reject_code = 550\n"});
  ASSERT_TRUE(postfix.ok()) << postfix.status();
  CalloutFixture fixture(CalloutOptions((*postfix)->port()));
  const CalloutAnswer answer = fixture.AskOne("jean@postfix.test");
  EXPECT_THAT(answer.reason, ::testing::AnyOf(er::kBlocked, er::kPolicy, er::kTemporaryFailure));
}

TEST(Postgrey, PutsTheFirstContactOff) {
  auto postgrey = testing::Postgrey::Start();
  ASSERT_TRUE(postgrey.ok()) << postgrey.status();
  auto postfix = testing::PostfixServer::Start({.policy_service = (*postgrey)->policy_service()});
  ASSERT_TRUE(postfix.ok()) << postfix.status();
  CalloutFixture fixture(CalloutOptions((*postfix)->port()));
  const auto answers = fixture.Ask("postfix.test", {"jean", "paul"});
  EXPECT_EQ(answers[0].reason, er::kGreylisted) << (*postfix)->Log();
  EXPECT_EQ(answers[0].retry_after, absl::Minutes(1));
  EXPECT_EQ(answers[1].reason, er::kMailboxNotFound) << "refused before postgrey is asked";
}

TEST(Socks, ProxyCarriesTheQuestionOfItsProvider) {
  auto exim = testing::EximServer::Start({.mailboxes = {"jean@exim.test", "jean@other.test"}});
  ASSERT_TRUE(exim.ok()) << exim.status();
  auto proxy = testing::SocksProxy::Start();
  ASSERT_TRUE(proxy.ok()) << proxy.status();
  SmtpCallout::Options options = CalloutOptions((*exim)->port());
  options.provider_proxies = {{"exim.test", (*proxy)->url()}, {"other.test", "socks5://127.0.0.1:1"}};
  CalloutFixture fixture(options);
  EXPECT_EQ(fixture.AskOne("jean@exim.test").reason, er::kMailboxExists);
  EXPECT_EQ(fixture.AskOne("jean@other.test").reason, er::kNoConnect) << "its own proxy is not there";
}

TEST(Socks, ProxyGetsNobodyToAnAddressThatIsNotPublic) {
  auto exim = testing::EximServer::Start();
  ASSERT_TRUE(exim.ok()) << exim.status();
  auto proxy = testing::SocksProxy::Start();
  ASSERT_TRUE(proxy.ok()) << proxy.status();
  SmtpCallout::Options options = CalloutOptions((*exim)->port());
  options.session.guard.allowed.clear();
  options.proxy = (*proxy)->url();
  CalloutFixture fixture(options);
  EXPECT_EQ(fixture.AskOne("jean@exim.test").reason, er::kNoConnect);
  EXPECT_THAT((*exim)->Log(), Not(::testing::HasSubstr("exim.test")));
}

}  // namespace
}  // namespace limpid::verify

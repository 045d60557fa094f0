// Who takes mail for a domain, as real DNS servers tell it.
#include "verify-svc/email/dns/dns_mail_domain_lookup.h"

#include <algorithm>
#include <future>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/strings.h"
#include "libs/testing/dns_server.h"

namespace limpid::verify::dns {
namespace {

using limpid::testing::DnsServer;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

absl::StatusOr<MailDomain> AskAndWait(MailDomainLookup& lookup, const std::string& domain,
                                      const Call& call = {}) {
  std::promise<absl::StatusOr<MailDomain>> answer;
  lookup.Find(call, domain, [&](absl::StatusOr<MailDomain> mail) { answer.set_value(std::move(mail)); });
  return answer.get_future().get();
}

std::vector<std::string> Names(const MailDomain& mail) {
  std::vector<std::string> names;
  for (const MailHost& host : mail.hosts) names.push_back(host.name);
  return names;
}

// A resolver and the look-up over it, for one server.
struct Asking {
  explicit Asking(const std::string& server, std::vector<http::AddressBlock> allowed = {},
                  absl::Duration budget = absl::Seconds(5))
      : resolver(Resolver::Create({.servers = {server}, .timeout = absl::Seconds(1)}, metrics).value()),
        lookup(*resolver, {.budget = budget, .guard = {.allowed = std::move(allowed)}}) {}
  ~Asking() { resolver.reset(); }

  MailDomain Find(const std::string& domain) { return AskAndWait(lookup, domain).value(); }

  MetricsRegistry metrics;
  std::unique_ptr<Resolver> resolver;
  DnsMailDomainLookup lookup;
};

// A zone with a row for each thing that the standards say.
class MailDomains : public ::testing::Test {
 protected:
  static DnsServer& Unbound() {
    static DnsServer& server = *[] {
      std::vector<std::string> lines;
      for (const char* row : {
               "two-hosts.fr. 300 IN MX 20 mx2.host.fr.",
               "two-hosts.fr. 200 IN MX 10 mx1.host.fr.",
               "mx1.host.fr. 3600 IN A 193.0.0.1",
               "mx1.host.fr. 3600 IN AAAA 2a01:e00::1",
               "mx2.host.fr. 3600 IN A 193.0.0.2",
               "mx2.host.fr. 3600 IN A 193.0.0.3",
               "mx2.host.fr. 3600 IN A 193.0.0.4",
               "null.fr. 300 IN MX 0 .",
               "null-beside-host.fr. 300 IN MX 0 .",
               "null-beside-host.fr. 300 IN MX 10 mx1.host.fr.",
               "implicit.fr. 300 IN A 193.0.0.5",
               "sends-nothing.fr. 300 IN A 193.0.0.6",
               "sends-nothing.fr. 300 IN TXT \"v=spf1 -all\"",
               "sends-something.fr. 300 IN A 193.0.0.7",
               "sends-something.fr. 300 IN TXT \"v=spf1 ip4:193.0.0.7 -all\"",
               "no-address.fr. 300 IN TXT \"hello\"",
               "alias.fr. 300 IN CNAME two-hosts.fr.",
               "private.fr. 300 IN MX 10 inside.host.fr.",
               "inside.host.fr. 300 IN A 10.0.0.1",
               "inside.host.fr. 300 IN AAAA fd00::1",
               "implicit-private.fr. 300 IN A 127.0.0.1",
               "number.fr. 300 IN MX 10 127.0.0.1.",
               "lost.fr. 300 IN MX 10 nowhere.host.fr.",
               "half-lost.fr. 300 IN MX 10 nowhere.host.fr.",
               "half-lost.fr. 300 IN MX 20 mx1.host.fr.",
           }) {
        lines.push_back(StrCat("local-data: '", row, "'"));
      }
      for (int i = 0; i < 80; ++i) {
        const std::string number = std::to_string(i);
        lines.push_back(
            StrCat("local-data: 'many.fr. 300 IN MX 5 a-host-with-a-long-name-", number, ".many.fr.'"));
        lines.push_back(StrCat("local-data: 'a-host-with-a-long-name-", number, ".many.fr. 300 IN A 193.0.1.",
                               number, "'"));
      }
      lines.emplace_back("local-zone: \"refused.fr.\" refuse");
      return DnsServer::StartUnbound(lines).value().release();
    }();
    return server;
  }

  Asking asking_{Unbound().address()};
};

TEST_F(MailDomains, HaveTheirHostsInTheOrderOfPreference) {
  const MailDomain mail = asking_.Find("two-hosts.fr");
  EXPECT_EQ(mail.state, MailDomainState::kHasHosts);
  EXPECT_THAT(Names(mail), ElementsAre("mx1.host.fr", "mx2.host.fr"));
  EXPECT_EQ(mail.hosts[0].preference, 10);
  EXPECT_FALSE(mail.implicit_mx);
  EXPECT_GT(mail.elapsed, absl::ZeroDuration());
}

TEST_F(MailDomains, HaveTwoAddressesAHostAndOneOfEachKindWhereThereAreBoth) {
  const MailDomain mail = asking_.Find("two-hosts.fr");
  EXPECT_THAT(mail.hosts[0].addresses, ElementsAre("193.0.0.1", "2a01:e00::1"));
  EXPECT_THAT(mail.hosts[1].addresses, SizeIs(2));
}

TEST_F(MailDomains, AreKeptForTheShortestTimeToLive) {
  EXPECT_EQ(asking_.Find("two-hosts.fr").time_to_live, absl::Seconds(200));
}

TEST_F(MailDomains, AreReadThroughAliases) {
  EXPECT_THAT(Names(asking_.Find("alias.fr")), ElementsAre("mx1.host.fr", "mx2.host.fr"));
}

TEST_F(MailDomains, TakeNoMailWithANullMx) {
  EXPECT_EQ(asking_.Find("null.fr").state, MailDomainState::kNullMx);
}

TEST_F(MailDomains, TakeMailWhenTheNullMxIsNotAlone) {
  EXPECT_THAT(Names(asking_.Find("null-beside-host.fr")), ElementsAre("mx1.host.fr"));
}

TEST_F(MailDomains, WithoutMxTakeMailAtTheirOwnAddress) {
  const MailDomain mail = asking_.Find("implicit.fr");
  EXPECT_EQ(mail.state, MailDomainState::kHasHosts);
  EXPECT_TRUE(mail.implicit_mx);
  EXPECT_THAT(Names(mail), ElementsAre("implicit.fr"));
  EXPECT_FALSE(mail.spf_denies_all);
}

TEST_F(MailDomains, WithoutMxSayBySpfThatTheySendNothing) {
  EXPECT_TRUE(asking_.Find("sends-nothing.fr").spf_denies_all);
  EXPECT_FALSE(asking_.Find("sends-something.fr").spf_denies_all);
}

TEST_F(MailDomains, AreNotFoundByTheWordOfTheDns) {
  const MailDomain mail = asking_.Find("not-there.fr");
  EXPECT_EQ(mail.state, MailDomainState::kNotFound);
  EXPECT_LE(mail.time_to_live, kMaxNegativeTimeToLive);
}

TEST_F(MailDomains, WithNeitherMxNorAddressHaveNoHost) {
  EXPECT_EQ(asking_.Find("no-address.fr").state, MailDomainState::kNoMailHost);
}

TEST_F(MailDomains, AreUnroutableWhenNoHostHasAPublicAddress) {
  for (const char* domain : {"private.fr", "implicit-private.fr", "number.fr", "lost.fr"}) {
    EXPECT_EQ(asking_.Find(domain).state, MailDomainState::kUnroutable) << domain;
  }
}

TEST_F(MailDomains, LeaveOutHostsThatAreNotThere) {
  EXPECT_THAT(Names(asking_.Find("half-lost.fr")), ElementsAre("mx1.host.fr"));
}

TEST_F(MailDomains, MayBeInsideWhenTheSettingSaysSo) {
  Asking inside(Unbound().address(), {http::AddressBlock::Parse("10.0.0.0/8").value()});
  const MailDomain mail = inside.Find("private.fr");
  EXPECT_EQ(mail.state, MailDomainState::kHasHosts);
  EXPECT_THAT(mail.hosts.at(0).addresses, ElementsAre("10.0.0.1"));
}

// 80 records do not fit into a UDP answer.
TEST_F(MailDomains, AreReadByTcpWhenTheAnswerIsLongAndFiveHostsAreEnough) {
  const MailDomain mail = asking_.Find("many.fr");
  EXPECT_EQ(mail.state, MailDomainState::kHasHosts);
  EXPECT_THAT(mail.hosts, SizeIs(5));
}

TEST_F(MailDomains, ShareTheirMailAmongHostsOfOnePreference) {
  std::set<std::string> first;
  for (int i = 0; i < 20; ++i) first.insert(Asking(Unbound().address()).Find("many.fr").hosts.at(0).name);
  EXPECT_GT(first.size(), 1);
}

TEST_F(MailDomains, AreUnknownWhenTheServerRefuses) {
  const MailDomain mail = asking_.Find("refused.fr");
  EXPECT_EQ(mail.state, MailDomainState::kError);
  EXPECT_EQ(mail.time_to_live, kFailureTimeToLive);
}

TEST_F(MailDomains, AreAskedForManyAtOnce) {
  constexpr int kQuestions = 2000;
  std::atomic<int> hosts = 0;
  std::atomic<int> missing = kQuestions;
  std::promise<void> all;
  for (int i = 0; i < kQuestions; ++i) {
    asking_.lookup.Find({}, i % 2 == 0 ? "two-hosts.fr" : "implicit.fr",
                        [&](absl::StatusOr<MailDomain> mail) {
                          if (mail.ok() && mail->state == MailDomainState::kHasHosts) ++hosts;
                          if (--missing == 0) all.set_value();
                        });
  }
  all.get_future().get();
  EXPECT_EQ(hosts, kQuestions);
}

TEST_F(MailDomains, AreNotAskedForWhenTheCallIsOver) {
  Call over;
  over.deadline = std::chrono::steady_clock::now();
  EXPECT_TRUE(absl::IsDeadlineExceeded(AskAndWait(asking_.lookup, "implicit.fr", over).status()));
}

TEST(MailDomainsBehindASilentServer, AreUnknownWhenTheBudgetIsSpent) {
  const auto server = DnsServer::StartDnsmasq({"local=/fr/"}).value();
  server->Freeze();
  Asking asking(server->address(), {}, absl::Milliseconds(50));
  EXPECT_EQ(asking.Find("implicit.fr").state, MailDomainState::kTimeout);
}

TEST(MailDomainsBehindADeadServer, AreUnknown) {
  const auto server = DnsServer::StartDnsmasq({"local=/fr/"}).value();
  Asking asking(server->address());
  server->Kill();
  EXPECT_EQ(asking.Find("implicit.fr").state, MailDomainState::kError);
}

TEST(MailDomainsOfDnsmasq, AreTheSame) {
  const auto server =
      DnsServer::StartDnsmasq({"local=/fr/", "mx-host=a.fr,mx.a.fr,10", "host-record=mx.a.fr,193.0.0.1",
                               "host-record=b.fr,193.0.0.2", "cname=loop1.fr,loop2.fr"})
          .value();
  Asking asking(server->address());
  EXPECT_THAT(Names(asking.Find("a.fr")), ElementsAre("mx.a.fr"));
  EXPECT_TRUE(asking.Find("b.fr").implicit_mx);
  EXPECT_EQ(asking.Find("c.fr").state, MailDomainState::kNotFound);
}

}  // namespace
}  // namespace limpid::verify::dns

#include "verify-svc/email/dns/mail_hosts.h"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace limpid::verify::dns {
namespace {

using ::testing::ElementsAre;

Record Mx(std::uint16_t preference, std::string host) {
  return {.owner = "a.fr", .type = RecordType::kMx, .preference = preference, .data = std::move(host)};
}

Record Txt(std::string text) { return {.owner = "a.fr", .type = RecordType::kTxt, .data = std::move(text)}; }

std::vector<std::string> Names(const std::vector<MailHost>& hosts) {
  std::vector<std::string> names;
  for (const MailHost& host : hosts) names.push_back(host.name);
  return names;
}

TEST(MailHosts, StandInTheOrderOfPreference) {
  EXPECT_THAT(Names(HostsInOrder({Mx(20, "b.fr"), Mx(10, "a.fr"), Mx(30, "c.fr")}, SecureRandom())),
              ElementsAre("a.fr", "b.fr", "c.fr"));
}

TEST(MailHosts, AreShuffledWithinOnePreference) {
  std::set<std::vector<std::string>> orders;
  for (int i = 0; i < 200; ++i) {
    orders.insert(Names(HostsInOrder({Mx(10, "a.fr"), Mx(10, "b.fr"), Mx(10, "c.fr")}, SecureRandom())));
  }
  EXPECT_EQ(orders.size(), 6);
}

TEST(MailHosts, AreThereOnceAndOnlyIfTheyCanBeHosts) {
  EXPECT_THAT(
      Names(HostsInOrder({Mx(10, "a.fr"), Mx(20, "a.fr"), Mx(5, "127.0.0.1"), Mx(1, ""), Mx(2, "m\\032x.fr")},
                         SecureRandom())),
      ElementsAre("a.fr"));
}

TEST(NullMx, IsASingleRecordWithTheRoot) {
  EXPECT_TRUE(IsNullMx({Mx(0, "")}));
  EXPECT_FALSE(IsNullMx({Mx(0, ""), Mx(10, "a.fr")}));
  EXPECT_FALSE(IsNullMx({Mx(0, "a.fr")}));
  EXPECT_FALSE(IsNullMx({}));
}

TEST(Spf, DeniesAllWhenItSaysNothingElse) {
  EXPECT_TRUE(DeniesAllSenders({Txt("v=spf1 -all")}));
  EXPECT_TRUE(DeniesAllSenders({Txt("V=SPF1  -ALL"), Txt("verification=1")}));
  EXPECT_FALSE(DeniesAllSenders({Txt("v=spf1 mx -all")}));
  EXPECT_FALSE(DeniesAllSenders({Txt("v=spf1 ~all")}));
  EXPECT_FALSE(DeniesAllSenders({Txt("v=spf10 -all")}));
  EXPECT_FALSE(DeniesAllSenders({Txt("v=spf1 -all"), Txt("v=spf1 mx")}))
      << "two policies are none (RFC 7208 4.5)";
  EXPECT_FALSE(DeniesAllSenders({}));
}

TEST(HostName, IsNoNumberAndNothingEscaped) {
  EXPECT_TRUE(IsHostName("mx-1.a_b.fr"));
  EXPECT_TRUE(IsHostName("localhost"));
  for (const char* name : {"", "127.0.0.1", "a.1", "a\\000.fr"}) EXPECT_FALSE(IsHostName(name)) << name;
}

}  // namespace
}  // namespace limpid::verify::dns

#include "verify-svc/email/smtp/politeness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/fake_clock.h"
#include "verify-svc/email/smtp/provider_quirks.h"

namespace limpid::verify {
namespace {

class PolitenessTest : public ::testing::Test {
 protected:
  int Asked(std::string_view provider, int times) {
    int granted = 0;
    for (int i = 0; i < times; ++i) granted += polite_.Ask(provider, quirk_) == absl::ZeroDuration();
    return granted;
  }

  testing::FakeClock clock_;
  const redis::KeyHasher hasher_{"secret"};
  redis::SharedTokenBucket rate_{{.interval = absl::InfiniteDuration()}, nullptr, hasher_, clock_};
  ProviderQuirk quirk_;
  Politeness polite_{{.connections = 2, .per_minute = 60, .sockets = 3}, rate_, clock_};
};

TEST_F(PolitenessTest, AdmitsSoManySessionsOfAProviderAndSoManyInAll) {
  EXPECT_TRUE(polite_.Enter("a.fr", quirk_));
  EXPECT_TRUE(polite_.Enter("a.fr", quirk_));
  EXPECT_FALSE(polite_.Enter("a.fr", quirk_));
  EXPECT_TRUE(polite_.Enter("b.fr", quirk_));
  EXPECT_FALSE(polite_.Enter("c.fr", quirk_)) << "all sockets are in use";
  polite_.Leave("a.fr");
  EXPECT_TRUE(polite_.Enter("c.fr", quirk_));
}

TEST_F(PolitenessTest, AdmitsOneSessionWhereTheProviderWantsNoMore) {
  quirk_.connections = 1;
  EXPECT_TRUE(polite_.Enter("a.fr", quirk_));
  EXPECT_FALSE(polite_.Enter("a.fr", quirk_));
}

TEST_F(PolitenessTest, AsksForOneMailboxASecondAfterASessionsWorth) {
  EXPECT_EQ(Asked("a.fr", 100), 10);
  EXPECT_EQ(Asked("b.fr", 1), 1) << "each provider has a rate of its own";
  clock_.Advance(absl::Seconds(3));
  EXPECT_EQ(Asked("a.fr", 100), 3);
  quirk_.per_minute = 6;
  EXPECT_EQ(Asked("c.fr", 100), 6);
  EXPECT_EQ(polite_.Interval(quirk_), absl::Seconds(10));
}

TEST_F(PolitenessTest, LeavesAProviderAloneUntilItsBlockIsOver) {
  polite_.Block("a.fr", clock_.SteadyNow() + std::chrono::minutes(30));
  polite_.Block("a.fr", clock_.SteadyNow() + std::chrono::minutes(10));
  EXPECT_EQ(polite_.BlockedFor("a.fr"), absl::Minutes(30));
  EXPECT_EQ(polite_.BlockedFor("b.fr"), absl::ZeroDuration());
  EXPECT_EQ(polite_.blocked(), 1);
  clock_.Advance(absl::Minutes(30));
  EXPECT_EQ(polite_.BlockedFor("a.fr"), absl::ZeroDuration());
  EXPECT_EQ(polite_.blocked(), 0);
}

TEST(ProviderQuirks, KnowProvidersByTheDomainOfTheirMailHosts) {
  const auto quirks = *ProviderQuirks::Load(LIMPID_SOURCE_DIR "/data");
  EXPECT_TRUE(quirks->Of("yahoodns.net").accepts_all);
  EXPECT_EQ(quirks->Of("outlook.com").recipients_per_session, 1);
  EXPECT_TRUE(quirks->Of("google.com").own_domains.contains("gmail.com"));
  EXPECT_EQ(quirks->Of("example.org").name, "");
  EXPECT_EQ(quirks->Of("example.org").recipients_per_session, ProviderQuirk::kMostRecipients);
}

}  // namespace
}  // namespace limpid::verify

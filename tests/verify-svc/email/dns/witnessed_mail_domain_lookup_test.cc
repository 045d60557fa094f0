#include "verify-svc/email/dns/witnessed_mail_domain_lookup.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/log.h"
#include "libs/testing/fake_clock.h"
#include "tests/verify-svc/email/fake_network.h"

namespace limpid::verify::dns {
namespace {

using limpid::testing::FakeClock;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr absl::Duration kTimeToLive = absl::Minutes(15);

MailDomain Answer(MailDomainState state) { return {.state = state, .time_to_live = kTimeToLive}; }

// A DNS that answers when the test says so.
class SlowMailDomains final : public MailDomainLookup {
 public:
  void Find(const Call&, const std::string& domain, Done<MailDomain> done) override {
    asked.push_back(domain);
    waiting[domain] = std::move(done);
  }
  void Answer(const std::string& domain, MailDomain mail) {
    waiting.extract(domain).mapped()(std::move(mail));
  }

  std::vector<std::string> asked;
  std::map<std::string, Done<MailDomain>> waiting;
};

class Witnessed : public ::testing::Test {
 protected:
  template <class Network>
  Network* Build(std::vector<std::string> witnesses) {
    auto network = std::make_unique<Network>();
    Network* const kept = network.get();
    lookup_ = std::make_unique<WitnessedMailDomainLookup>(
        std::move(network),
        WitnessedMailDomainLookup::Options{
            .witnesses = std::move(witnesses),
            .is_well_known = [](std::string_view domain) { return domain == "orange.fr"; }},
        metrics_, clock_);
    return kept;
  }

  MailDomain Find(const std::string& domain) {
    std::optional<MailDomain> answer;
    lookup_->Find({}, domain, [&](absl::StatusOr<MailDomain> mail) { answer = *std::move(mail); });
    return answer.value();
  }

  static inline const std::vector<std::string> kWitnesses = {"sure.com", "also-sure.com"};
  FakeClock clock_;
  MetricsRegistry metrics_;
  std::unique_ptr<WitnessedMailDomainLookup> lookup_;
};

TEST_F(Witnessed, BelievesAResolverThatFindsAWitnessThatADomainTakesNoMail) {
  for (const MailDomainState state :
       {MailDomainState::kNotFound, MailDomainState::kNoMailHost, MailDomainState::kUnroutable}) {
    auto* dns = Build<FakeMailDomains>(kWitnesses);
    dns->answers["sure.com"] = Answer(MailDomainState::kError);
    dns->answers["absente.fr"] = Answer(state);
    const MailDomain mail = Find("absente.fr");
    EXPECT_EQ(mail.state, state);
    EXPECT_EQ(mail.time_to_live, kTimeToLive);
  }
}

TEST_F(Witnessed, DoubtsOneThatFindsNone) {
  const MailDomain portal = [] {
    MailDomain mail = FakeMailDomains::OneHost();
    mail.implicit_mx = true;
    return mail;
  }();
  for (const MailDomain& witness :
       {Answer(MailDomainState::kNotFound), Answer(MailDomainState::kNoMailHost),
        Answer(MailDomainState::kUnroutable), Answer(MailDomainState::kTimeout), portal}) {
    auto* dns = Build<FakeMailDomains>(kWitnesses);
    for (const std::string& name : kWitnesses) dns->answers[name] = witness;
    dns->answers["absente.fr"] = Answer(MailDomainState::kNotFound);
    const MailDomain mail = Find("absente.fr");
    EXPECT_EQ(mail.state, MailDomainState::kDoubted);
    EXPECT_LT(mail.time_to_live, absl::Minutes(1)) << "the network may be back soon";
  }
  EXPECT_THAT(metrics_.Text(), HasSubstr("limpid_mail_domain_doubts_total{why=\"no_witness\"} 5\n"));
}

TEST_F(Witnessed, NeverBelievesThatAWellKnownProviderTakesNoMail) {
  auto* dns = Build<FakeMailDomains>({});
  dns->answers["orange.fr"] = Answer(MailDomainState::kNotFound);
  EXPECT_EQ(Find("orange.fr").state, MailDomainState::kDoubted);
  EXPECT_THAT(metrics_.Text(), HasSubstr("limpid_mail_domain_doubts_total{why=\"well_known_provider\"} 1\n"));
}

TEST_F(Witnessed, LeavesEveryOtherAnswerAloneAndAsksNobodyElse) {
  auto* dns = Build<FakeMailDomains>(kWitnesses);
  dns->answers["muette.fr"] = Answer(MailDomainState::kNullMx);
  dns->answers["tarde.fr"] = Answer(MailDomainState::kTimeout);
  EXPECT_EQ(Find("maison.fr").state, MailDomainState::kHasHosts);
  EXPECT_EQ(Find("muette.fr").state, MailDomainState::kNullMx);
  EXPECT_EQ(Find("tarde.fr").state, MailDomainState::kTimeout);
  EXPECT_THAT(dns->asked, ElementsAre("maison.fr", "muette.fr", "tarde.fr"));
}

TEST_F(Witnessed, BelievesEverythingInANetworkWithoutWitnesses) {
  auto* dns = Build<FakeMailDomains>({});
  dns->answers["absente.fr"] = Answer(MailDomainState::kNotFound);
  EXPECT_EQ(Find("absente.fr").state, MailDomainState::kNotFound);
}

TEST_F(Witnessed, AsksWitnessesOnceInAWhile) {
  auto* dns = Build<FakeMailDomains>(kWitnesses);
  for (const char* domain : {"a.fr", "b.fr", "c.fr"})
    dns->answers[domain] = Answer(MailDomainState::kNotFound);
  Find("a.fr");
  Find("b.fr");
  EXPECT_EQ(std::ranges::count(dns->asked, "sure.com"), 1);
  clock_.Advance(absl::Minutes(11));
  Find("c.fr");
  EXPECT_EQ(std::ranges::count(dns->asked, "sure.com"), 2);
}

TEST_F(Witnessed, NoticesThatTheResolverHasBecomeAnotherOne) {
  auto* dns = Build<FakeMailDomains>(kWitnesses);
  dns->answers["a.fr"] = Answer(MailDomainState::kNotFound);
  EXPECT_EQ(Find("a.fr").state, MailDomainState::kNotFound);
  for (const char* domain : {"orange.fr", "sure.com", "also-sure.com"})
    dns->answers[domain] = Answer(MailDomainState::kNotFound);
  Find("orange.fr");
  EXPECT_EQ(Find("a.fr").state, MailDomainState::kDoubted);
}

TEST_F(Witnessed, BelievesAgainSoonAfterTheNetworkIsBack) {
  auto* dns = Build<FakeMailDomains>(kWitnesses);
  for (const char* domain : {"a.fr", "sure.com", "also-sure.com"})
    dns->answers[domain] = Answer(MailDomainState::kNotFound);
  EXPECT_EQ(Find("a.fr").state, MailDomainState::kDoubted);
  dns->answers.erase("sure.com");
  EXPECT_EQ(Find("a.fr").state, MailDomainState::kDoubted);
  clock_.Advance(absl::Seconds(31));
  EXPECT_EQ(Find("a.fr").state, MailDomainState::kNotFound);
}

TEST_F(Witnessed, AnswersAllWhoWaitByTheFirstWitnessThatIsFound) {
  auto* dns = Build<SlowMailDomains>(kWitnesses);
  std::vector<MailDomainState> answers;
  for (const char* domain : {"a.fr", "b.fr"}) {
    lookup_->Find({}, domain, [&](absl::StatusOr<MailDomain> mail) { answers.push_back(mail->state); });
    dns->Answer(domain, Answer(MailDomainState::kNotFound));
  }
  EXPECT_THAT(dns->asked, UnorderedElementsAre("a.fr", "b.fr", "sure.com", "also-sure.com"));
  dns->Answer("also-sure.com", Answer(MailDomainState::kTimeout));
  EXPECT_THAT(answers, ElementsAre());
  dns->Answer("sure.com", FakeMailDomains::OneHost());
  EXPECT_THAT(answers, ElementsAre(MailDomainState::kNotFound, MailDomainState::kNotFound));
}

TEST_F(Witnessed, SaysSoInTheLogOnceAMinuteAtMost) {
  std::vector<std::string> lines;
  SetLogging({.service = "verify-svc", .sink = [&](std::string_view line) { lines.emplace_back(line); }});
  auto* dns = Build<FakeMailDomains>({});
  dns->answers["orange.fr"] = Answer(MailDomainState::kNotFound);
  for (int i = 0; i < 100; ++i) Find("orange.fr");
  EXPECT_THAT(lines, ElementsAre(HasSubstr("dns_not_believed")));
  clock_.Advance(absl::Seconds(61));
  Find("orange.fr");
  EXPECT_EQ(lines.size(), 2);
  SetLogging({});
}

}  // namespace
}  // namespace limpid::verify::dns

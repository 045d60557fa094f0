// What becomes of an address at the depths that use the network: order of the checks, what is asked once,
// what is kept, what a spent budget leaves.
#include <future>
#include <map>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/strings.h"
#include "libs/redis/memory_cache.h"
#include "libs/testing/fake_clock.h"
#include "tests/verify-svc/email/fake_network.h"
#include "verify-svc/app/verify_emails.h"
#include "verify-svc/email/registry.h"

namespace limpid::verify {
namespace {

using limpid::testing::FakeClock;
using quality::EmailStatus;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace word = quality::email_reason;

std::shared_ptr<const RulesInForce> Rules() {
  static const auto& rules = *new std::shared_ptr<const RulesInForce>(
      std::make_shared<RulesInForce>(std::make_shared<const FastRules>(
          quality::QualityData::Load(std::string(LIMPID_SOURCE_DIR) + "/data").value())));
  return rules;
}

class Deep : public ::testing::Test {
 protected:
  Deep() : Deep(Policy{.email = {.allow_callouts = true}}) {}
  explicit Deep(Policy policy) : policies_(std::move(policy)) {
    email_ = std::make_shared<const VerifyEmail>(
        Rules(),
        std::make_shared<const EmailChecks>(MakeEmailChecks({.mail_domains = domains_,
                                                             .callout = &callout_,
                                                             .cache = cache_,
                                                             .hasher = hasher_,
                                                             .timers = timers_,
                                                             .clock = clock_})),
        policies_, clock_);
  }

  EmailAnswer Verify(const std::string& email, Depth depth = Depth::kDeep, const Call& call = {}) {
    std::optional<EmailAnswer> got;
    email_->Run(call, {.email = email, .depth = depth},
                [&](absl::StatusOr<EmailAnswer> answer) { got = std::move(answer).value(); });
    return got.value();
  }

  std::vector<VerifyEmails::Row> VerifyAll(const std::vector<std::string>& emails,
                                           Depth depth = Depth::kDeep) {
    std::vector<EmailQuery> queries;
    for (const std::string& email : emails) queries.push_back({.id = email, .email = email, .depth = depth});
    std::vector<VerifyEmails::Row> got;
    VerifyEmails(email_).Run({}, queries, [&](absl::StatusOr<std::vector<VerifyEmails::Row>> rows) {
      got = std::move(rows).value();
    });
    return got;
  }

  FakeClock clock_;
  MetricsRegistry metrics_;
  Timers timers_;
  redis::KeyHasher hasher_{"a secret"};
  redis::MemoryCache cache_{{}, metrics_, clock_};
  FakeMailDomains domains_;
  FakeCallout callout_;
  FixedPolicies policies_;
  std::shared_ptr<const VerifyEmail> email_;
};

TEST_F(Deep, FollowsTheWholeWay) {
  const EmailAnswer answer = Verify("jean.dupont@maison.fr");
  EXPECT_EQ(answer.verdict.status, EmailStatus::kDeliverable);
  EXPECT_EQ(answer.verdict.reason, word::kMailboxExists);
  EXPECT_EQ(answer.verdict.score, 100);
  EXPECT_EQ(answer.depth_reached, Depth::kDeep);
  ASSERT_THAT(answer.verdict.evidence, SizeIs(2));
  EXPECT_EQ(answer.verdict.evidence[0].step, "DNS");
  EXPECT_EQ(answer.verdict.evidence[1].step, "RCPT");
  EXPECT_EQ(callout_.asked.at(0).domain, "maison.fr");
  EXPECT_EQ(callout_.asked.at(0).mail.hosts.at(0).name, "mx.host.fr");
}

TEST_F(Deep, GoesNoFurtherThanAsked) {
  EXPECT_EQ(Verify("a@maison.fr", Depth::kStandard).depth_reached, Depth::kStandard);
  EXPECT_THAT(callout_.asked, IsEmpty());
  EXPECT_EQ(Verify("a@maison.fr", Depth::kFast).depth_reached, Depth::kFast);
  EXPECT_THAT(domains_.asked, SizeIs(1));
}

TEST_F(Deep, AsksNobodyAboutWhatCannotBe) {
  EXPECT_EQ(Verify("a@@maison.fr").verdict.reason, word::kSyntax);
  EXPECT_EQ(Verify("a@maison.test").verdict.reason, word::kReservedDomain);
  EXPECT_THAT(domains_.asked, IsEmpty());
}

TEST_F(Deep, AsksNoMailServerWhereThereIsNone) {
  domains_.answers["maison.fr"] = {.state = MailDomainState::kNotFound};
  const EmailAnswer answer = Verify("a@maison.fr");
  EXPECT_EQ(answer.verdict.reason, word::kDomainNotFound);
  EXPECT_EQ(answer.depth_reached, Depth::kStandard);
  EXPECT_THAT(callout_.asked, IsEmpty());
}

TEST_F(Deep, AsksTheDnsInALabelsAndTheServerWithTheLocalPartAsTyped) {
  Verify("Jean@MÜLLER.de");
  EXPECT_THAT(domains_.asked, ElementsAre("xn--mller-kva.de"));
  EXPECT_EQ(callout_.asked.at(0).recipients.at(0).address, "Jean@xn--mller-kva.de");
  Verify("jérôme@maison.fr");
  EXPECT_EQ(callout_.asked.at(1).recipients.at(0).address, "jérôme@maison.fr");
  EXPECT_TRUE(callout_.asked.at(1).recipients.at(0).needs_smtputf8);
}

TEST_F(Deep, AsksAServerOnceForTheLifetimeOfItsAnswer) {
  const std::map<std::string_view, absl::Duration> lifetimes = {{word::kMailboxExists, absl::Hours(7 * 24)},
                                                                {word::kMailboxNotFound, absl::Hours(24)},
                                                                {word::kTemporaryFailure, absl::Minutes(5)}};
  for (const auto& [reason, lifetime] : lifetimes) {
    const std::string email = StrCat(reason, "@maison.fr");
    callout_.reasons[email] = reason;
    callout_.asked.clear();
    EXPECT_EQ(Verify(email).expire_time, clock_.Now() + lifetime);
    clock_.Advance(lifetime - absl::Seconds(1));
    const EmailAnswer kept = Verify(email);
    EXPECT_EQ(kept.verdict.reason, reason);
    EXPECT_TRUE(kept.verdict.evidence.back().cached);
    EXPECT_EQ(kept.expire_time, clock_.Now() + absl::Seconds(1)) << "as fresh as what the server said";
    EXPECT_THAT(callout_.asked, SizeIs(1)) << reason;
    clock_.Advance(absl::Seconds(2));
    Verify(email);
    EXPECT_THAT(callout_.asked, SizeIs(2)) << reason;
  }
}

TEST_F(Deep, KeepsNothingThatSpeaksOfUs) {
  for (const std::string_view reason : {word::kRateLimited, word::kSmtpUnavailable}) {
    callout_.reasons["a@maison.fr"] = reason;
    callout_.asked.clear();
    EXPECT_EQ(Verify("a@maison.fr").depth_reached, Depth::kStandard);
    Verify("a@maison.fr");
    EXPECT_THAT(callout_.asked, SizeIs(2)) << reason;
  }
}

TEST_F(Deep, AsksOnceHoweverManyAskAtOnce) {
  callout_.waits = true;
  int answered = 0;
  for (int i = 0; i < 50; ++i) {
    email_->Run({}, {.email = "a@maison.fr", .depth = Depth::kDeep}, [&](absl::StatusOr<EmailAnswer> answer) {
      EXPECT_EQ(answer->verdict.reason, word::kMailboxExists);
      ++answered;
    });
  }
  EXPECT_THAT(callout_.asked, SizeIs(1));
  callout_.AnswerNext();
  EXPECT_EQ(answered, 50);
}

TEST_F(Deep, AsksAgainForTheOthersWhenTheFirstHadNoTime) {
  callout_.waits = true;
  std::vector<std::string_view> reasons;
  for (int i = 0; i < 2; ++i) {
    email_->Run({}, {.email = "a@maison.fr", .depth = Depth::kDeep},
                [&](absl::StatusOr<EmailAnswer> answer) { reasons.push_back(answer->verdict.reason); });
  }
  callout_.reasons["a@maison.fr"] = word::kBudgetSpent;
  callout_.AnswerNext();
  EXPECT_THAT(reasons, ElementsAre(word::kBudgetSpent));
  callout_.reasons["a@maison.fr"] = word::kMailboxFull;
  callout_.AnswerNext();
  EXPECT_THAT(reasons, ElementsAre(word::kBudgetSpent, word::kMailboxFull));
}

TEST_F(Deep, FlagsAFullMailbox) {
  callout_.reasons["a@maison.fr"] = word::kMailboxFull;
  const EmailAnswer answer = Verify("a@maison.fr");
  EXPECT_EQ(answer.verdict.status, EmailStatus::kRisky);
  EXPECT_TRUE(answer.verdict.flags.mailbox_full);
  EXPECT_LE(answer.verdict.score, 40);
}

TEST_F(Deep, AnswersAtTheDeadlineWhatIsKnownByThen) {
  callout_.waits = true;
  const VerifyEmail on_time(Rules(),
                            std::make_shared<const EmailChecks>(MakeEmailChecks({.mail_domains = domains_,
                                                                                 .callout = &callout_,
                                                                                 .cache = cache_,
                                                                                 .hasher = hasher_,
                                                                                 .timers = timers_,
                                                                                 .clock = SystemClock()})),
                            policies_);
  std::promise<EmailAnswer> promise;
  on_time.Run({}, {.email = "compta@maison.fr", .depth = Depth::kDeep, .budget = absl::Milliseconds(20)},
              [&](absl::StatusOr<EmailAnswer> answer) { promise.set_value(std::move(answer).value()); });
  const EmailAnswer answer = promise.get_future().get();
  EXPECT_EQ(answer.depth_reached, Depth::kStandard);
  EXPECT_EQ(answer.verdict.reason, word::kRole);
  EXPECT_THAT(answer.verdict.reasons, Contains(word::kBudgetSpent));
  EXPECT_TRUE(answer.retry_time.has_value());
  callout_.AnswerNext();  // Too late, and kept for the next who asks.
  EXPECT_EQ(Verify("compta@maison.fr").depth_reached, Depth::kDeep);
}

TEST_F(Deep, EndsWithTheCall) {
  callout_.waits = true;
  std::stop_source source;
  Call call;
  call.stop = source.get_token();
  absl::Status status;
  email_->Run(call, {.email = "a@maison.fr", .depth = Depth::kDeep},
              [&](const absl::StatusOr<EmailAnswer>& answer) { status = answer.status(); });
  source.request_stop();
  callout_.FailNext(absl::CancelledError());
  EXPECT_TRUE(absl::IsCancelled(status));
}

TEST_F(Deep, PutsTheAddressesOfADomainIntoOneQuestion) {
  // What a row answers looks into what was asked.
  const std::vector<std::string> emails = {"a@un.fr",    "b@deux.fr", "c@un.fr",
                                           "bad@@un.fr", "a@un.fr",   "d@UN.fr"};
  const auto rows = VerifyAll(emails);
  ASSERT_THAT(rows, SizeIs(6));
  for (const int row : {0, 1, 2, 4, 5}) EXPECT_EQ(rows[row]->depth_reached, Depth::kDeep) << row;
  EXPECT_EQ(rows[3]->verdict.reason, word::kSyntax);
  EXPECT_EQ(rows[2]->id, "c@un.fr");
  EXPECT_THAT(domains_.asked, ::testing::UnorderedElementsAre("un.fr", "deux.fr"));
  ASSERT_THAT(callout_.asked, SizeIs(2));
  EXPECT_EQ(callout_.asked[0].recipients.size() + callout_.asked[1].recipients.size(), 4);
}

TEST_F(Deep, AnswersABatchOfRowsThatNeedNothing) {
  const auto rows = VerifyAll({"@", "a@host.test"});
  EXPECT_EQ(rows.at(0)->verdict.reason, word::kSyntax);
  EXPECT_EQ(rows.at(1)->verdict.reason, word::kReservedDomain);
}

TEST_F(Deep, AnswersABatchOfAThousandDomains) {
  std::vector<std::string> emails;
  for (int i = 0; i < 1000; ++i) emails.push_back(StrCat("a@domaine", i, ".fr"));
  const auto rows = VerifyAll(emails, Depth::kStandard);
  ASSERT_THAT(rows, SizeIs(1000));
  for (const auto& row : rows) EXPECT_EQ(row->depth_reached, Depth::kStandard);
  EXPECT_THAT(domains_.asked, SizeIs(1000));
}

TEST_F(Deep, StandsAFaultyRowInItsPlace) {
  const auto rows = VerifyAll({"a@un.fr", "", "b@un.fr"});
  EXPECT_TRUE(rows.at(0).ok());
  EXPECT_TRUE(absl::IsInvalidArgument(rows.at(1).status()));
  EXPECT_TRUE(rows.at(2).ok());
}

class DeepWithoutCallouts : public Deep {
 protected:
  DeepWithoutCallouts() : Deep(Policy{}) {}
};

TEST_F(DeepWithoutCallouts, EndsAtStandard) {
  const EmailAnswer answer = Verify("a@maison.fr");
  EXPECT_EQ(answer.depth_reached, Depth::kStandard);
  EXPECT_EQ(answer.verdict.reason, word::kMailboxNotChecked);
  EXPECT_THAT(callout_.asked, IsEmpty());
}

}  // namespace
}  // namespace limpid::verify

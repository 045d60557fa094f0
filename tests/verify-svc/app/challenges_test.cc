// The use cases of challenges over a real store, with a delivery that does what the test says.
#include <future>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/sql/database.h"
#include "libs/sql/migration.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/temp_dir.h"
#include "verify-svc/app/challenge_upkeep.h"
#include "verify-svc/app/confirm_challenge.h"
#include "verify-svc/app/confirm_link.h"
#include "verify-svc/app/create_challenge.h"
#include "verify-svc/app/manage_challenge.h"
#include "verify-svc/app/resend_challenge.h"
#include "verify-svc/challenges/hmac_code_mint.h"
#include "verify-svc/storage/schema.h"
#include "verify-svc/storage/sql_challenge_store.h"

namespace limpid::verify {
namespace {

using ::testing::MatchesRegex;
using ::testing::SizeIs;

class FakeDelivery final : public MessageDelivery {
 public:
  bool Offers(ChallengeChannel channel) const override { return channel != ChallengeChannel::kVoice; }
  void Deliver(const Call&, ChallengeMessage message, Delivered done) override {
    messages.push_back(std::move(message));
    if (keeps_back) {
      kept_back_ = std::move(done);
    } else {
      done(fate);
    }
  }
  // What became of the message that is on its way.
  void Release(Fate what) { kept_back_(what); }

  Fate fate = Fate::kSent;
  bool keeps_back = false;
  std::vector<ChallengeMessage> messages;

 private:
  Delivered kept_back_;
};

class FixedPolicies final : public Policies {
 public:
  std::shared_ptr<const Policy> Of(const TenantId&) const override {
    return std::make_shared<const Policy>(policy);
  }
  Policy policy;
};

class Challenges : public ::testing::Test {
 protected:
  Challenges() {
    EXPECT_EQ(sql::Migrate(*database_, {}, Migrations()), absl::OkStatus());
    call_.tenant = TenantId("acme");
  }

  static const RulesInForce& Rules() {
    static const auto& rules = *new RulesInForce(std::make_shared<const FastRules>(
        quality::QualityData::Load(std::string(LIMPID_SOURCE_DIR) + "/data").value()));
    return rules;
  }
  ChallengeParts Parts() {
    return {.options = {},
            .store = store_,
            .mint = mint_,
            .delivery = delivery_,
            .guard = guard_,
            .policies = policies_,
            .rules = Rules(),
            .executor = executor_,
            .clock = clock_,
            .random = SecureRandom()};
  }
  static ChallengeRequest Sms(std::string number = "06 12 34 56 78") {
    return {.channel = ChallengeChannel::kSms, .destination = std::move(number), .purpose = "login"};
  }
  static ChallengeRequest Link() {
    return {.channel = ChallengeChannel::kEmailLink,
            .destination = "Jean@Example-Mail.fr",
            .purpose = "newsletter",
            .notice_version = "v7"};
  }
  template <class Ask>
  static absl::StatusOr<Challenge> Await(Ask ask) {
    std::promise<absl::StatusOr<Challenge>> answer;
    ask([&answer](absl::StatusOr<Challenge> challenge) { answer.set_value(std::move(challenge)); });
    return answer.get_future().get();
  }
  absl::StatusOr<Challenge> Create(const ChallengeRequest& request) {
    const CreateChallenge create(Parts());
    return Await([&](Done<Challenge> done) { create.Run(call_, request, std::move(done)); });
  }
  absl::StatusOr<Challenge> Resend(const ChallengeId& id) {
    const ResendChallenge resend(Parts());
    return Await([&](Done<Challenge> done) { resend.Run(call_, id, "", std::move(done)); });
  }
  absl::StatusOr<Challenge> Confirm(const ChallengeId& id, const std::string& code,
                                    const std::string& purpose = "") {
    return ConfirmChallenge(Parts()).Run(
        call_, {.id = id, .code = code, .purpose = purpose, .remote_address = "192.0.2.7"});
  }
  std::string Sent() const { return delivery_.messages.back().secret; }
  std::string Wrong() const { return Sent() == "000000" ? "000001" : "000000"; }

  const limpid::testing::TempDir folder_;
  const std::unique_ptr<sql::Database> database_ =
      sql::Database::Open(StrCat("sqlite:", folder_.File("verify.db")), {}).value();
  SqlChallengeStore store_{*database_};
  HmacCodeMint mint_{{std::string(32, 'k')}, SecureRandom()};
  FakeDelivery delivery_;
  MetricsRegistry metrics_;
  SendGuard guard_{{.per_destination_hourly = 3, .conversion_min_sends = 4}, store_, mint_, metrics_};
  FixedPolicies policies_;
  Executor executor_{{.name = "test", .threads = 1}};
  limpid::testing::FakeClock clock_;
  Call call_;
};

TEST_F(Challenges, ACodeGoesFromStartToApproved) {
  const auto challenge = Create(Sms());
  ASSERT_TRUE(challenge.ok()) << challenge.status();
  EXPECT_EQ(challenge->destination, "+33612345678");
  EXPECT_EQ(challenge->expire_time - challenge->create_time, absl::Minutes(10));
  EXPECT_EQ(challenge->resend_time - challenge->create_time, absl::Seconds(30));
  EXPECT_THAT(Sent(), MatchesRegex("[0-9][0-9][0-9][0-9][0-9][0-9]"));
  const auto approved = Confirm(challenge->id, Sent());
  ASSERT_TRUE(approved.ok()) << approved.status();
  EXPECT_EQ(approved->state, ChallengeState::kApproved);
  EXPECT_EQ(approved->approval->remote_address, "192.0.2.7");
  EXPECT_EQ(*ManageChallenge(store_, clock_).Get(call_, challenge->id), *approved);
}

TEST_F(Challenges, WhateverIsNotAcceptedGetsOneAnswer) {
  const auto challenge = Create(Sms());
  const absl::Status wrong = Confirm(challenge->id, Wrong()).status();
  EXPECT_EQ(DetailsOf(wrong).violations.at(0).reason, reason::kCodeNotAccepted);
  EXPECT_EQ(Confirm(ChallengeId("unknown"), Sent()).status(), wrong);
  EXPECT_EQ(Confirm(challenge->id, Sent(), "payment").status(), wrong) << "for another purpose";
  ASSERT_TRUE(Confirm(challenge->id, Sent(), "login").ok());
  EXPECT_EQ(Confirm(challenge->id, Sent()).status(), wrong) << "a second time";
  const auto late = Create(Sms("06 12 34 56 79"));
  clock_.Advance(absl::Minutes(10));
  EXPECT_EQ(Confirm(late->id, Sent()).status(), wrong) << "too late";
  const auto cancelled = Create(Sms("06 12 34 56 80"));
  ASSERT_TRUE(ManageChallenge(store_, clock_).Cancel(call_, cancelled->id).ok());
  EXPECT_EQ(Confirm(cancelled->id, Sent()).status(), wrong) << "cancelled";
}

TEST_F(Challenges, AnotherTenantsCodeIsNotAccepted) {
  const auto challenge = Create(Sms());
  call_.tenant = TenantId("globex");
  EXPECT_FALSE(Confirm(challenge->id, Sent()).ok());
}

TEST_F(Challenges, FiveWrongCodesLock) {
  const auto challenge = Create(Sms());
  for (int i = 0; i < kMaxTries; ++i) EXPECT_FALSE(Confirm(challenge->id, Wrong()).ok());
  EXPECT_FALSE(Confirm(challenge->id, Sent()).ok());
  EXPECT_EQ(store_.Get(call_, challenge->id)->state, ChallengeState::kLocked);
}

TEST_F(Challenges, OneMadeWithAKeyThatIsNoLongerInUseIsNotSentAgain) {
  const auto challenge = Create(Sms());
  clock_.Advance(absl::Seconds(31));
  HmacCodeMint later({std::string(32, 'x')}, SecureRandom());
  ChallengeParts parts = {.options = {},
                          .store = store_,
                          .mint = later,
                          .delivery = delivery_,
                          .guard = guard_,
                          .policies = policies_,
                          .rules = Rules(),
                          .executor = executor_,
                          .clock = clock_,
                          .random = SecureRandom()};
  const ResendChallenge resend(parts);
  const auto again =
      Await([&](Done<Challenge> done) { resend.Run(call_, challenge->id, "", std::move(done)); });
  EXPECT_EQ(ReasonOf(again.status()), reason::kChallengeOver);
  EXPECT_EQ(delivery_.messages.size(), 1) << "a message without a code";
}

TEST_F(Challenges, AResendKeepsCodeTriesAndTime) {
  const auto challenge = Create(Sms());
  const std::string code = Sent();
  EXPECT_FALSE(Confirm(challenge->id, Wrong()).ok());
  EXPECT_EQ(ReasonOf(Resend(challenge->id).status()), reason::kResendTooSoon);
  clock_.Advance(absl::Seconds(30));
  const auto resent = Resend(challenge->id);
  ASSERT_TRUE(resent.ok()) << resent.status();
  EXPECT_THAT(delivery_.messages, SizeIs(2));
  EXPECT_EQ(Sent(), code);
  EXPECT_EQ(resent->tries, 1);
  EXPECT_EQ(resent->sends, 2);
  EXPECT_EQ(resent->expire_time, challenge->expire_time);
}

TEST_F(Challenges, ALinkIsConfirmedOnceByItsTokenAlone) {
  const auto challenge = Create(Link());
  ASSERT_TRUE(challenge.ok()) << challenge.status();
  EXPECT_EQ(challenge->expire_time - challenge->create_time, absl::Hours(48));
  EXPECT_THAT(Sent(), SizeIs(43));
  const ConfirmLink confirm(Parts());
  const auto follow = [&](const std::string& token) {
    return confirm.Run(Call(), {.token = token, .remote_address = "2001:db8::7"})->result;
  };
  EXPECT_EQ(follow("nonsense"), LinkResult::kNotValid);
  EXPECT_EQ(follow(Sent()), LinkResult::kConfirmed);
  EXPECT_EQ(follow(Sent()), LinkResult::kAlreadyConfirmed);
  const auto proof = store_.Get(call_, challenge->id);
  EXPECT_EQ(proof->approval->remote_address, "2001:db8::7");
  EXPECT_EQ(proof->notice_version, "v7");
}

TEST_F(Challenges, ALinkThatExpiredIsNotValid) {
  ASSERT_TRUE(Create(Link()).ok());
  clock_.Advance(absl::Hours(48));
  EXPECT_EQ(ConfirmLink(Parts()).Run(Call(), {.token = Sent(), .remote_address = ""})->result,
            LinkResult::kNotValid);
}

TEST_F(Challenges, TheTokenOfALinkIsAlsoACode) {
  const auto challenge = Create(Link());
  EXPECT_TRUE(Confirm(challenge->id, Sent()).ok());
}

TEST_F(Challenges, WhatCannotBeSentToIsRefusedWithItsReason) {
  const auto reason_for = [&](const ChallengeRequest& request) {
    const ErrorDetails details = DetailsOf(Create(request).status());
    EXPECT_EQ(details.violations.at(0).field, "challenge.destination");
    return details.violations.at(0).reason;
  };
  EXPECT_EQ(reason_for(Sms("0899123456")), reason::kDestinationNotAllowed);
  policies_.policy.phone.denied_regions = {"FR"};
  EXPECT_EQ(reason_for(Sms()), "COUNTRY_NOT_ALLOWED");
  ChallengeRequest nobody = Link();
  nobody.destination = "jean@nowhere.invalid";
  EXPECT_EQ(reason_for(nobody), "RESERVED_DOMAIN");
  EXPECT_THAT(delivery_.messages, SizeIs(0));
}

TEST_F(Challenges, AChannelWithoutASenderIsNotOffered) {
  ChallengeRequest request = Sms();
  request.channel = ChallengeChannel::kVoice;
  EXPECT_EQ(ReasonOf(Create(request).status()), reason::kChannelNotOffered);
}

TEST_F(Challenges, LimitsHoldForADestinationANetworkATenantAndAll) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Create(Sms()).ok());
  const absl::Status spent = Create(Sms()).status();
  EXPECT_EQ(spent.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(spent), reason::kDestinationLimit);
  EXPECT_GT(DetailsOf(spent).retry_after, absl::ZeroDuration());
  EXPECT_TRUE(Create(Sms("06 12 34 99 99")).ok());
  policies_.policy.challenges.daily_messages = 4;
  EXPECT_EQ(ReasonOf(Create(Sms("06 98 76 54 32")).status()), reason::kTenantLimit);
  EXPECT_TRUE(Create(Link()).ok()) << "e-mails are counted apart";
}

TEST_F(Challenges, WhatWasNotSentIsNotKeptAndNotCounted) {
  delivery_.fate = Fate::kNotSent;
  for (int i = 0; i < 10; ++i) {
    const absl::Status status = Create(Sms()).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(ReasonOf(status), reason::kDeliveryFailed);
    EXPECT_GT(DetailsOf(status).retry_after, absl::ZeroDuration());
  }
  delivery_.fate = Fate::kSent;
  const auto challenge = Create(Sms());
  ASSERT_TRUE(challenge.ok()) << challenge.status();
  clock_.Advance(absl::Seconds(30));
  delivery_.fate = Fate::kNotSent;
  EXPECT_EQ(ReasonOf(Resend(challenge->id).status()), reason::kDeliveryFailed);
  EXPECT_EQ(store_.Get(call_, challenge->id)->sends, 1);
  delivery_.fate = Fate::kSent;
  EXPECT_TRUE(Resend(challenge->id).ok()) << "without another cool-down";
}

TEST_F(Challenges, ADestinationThatIsRefusedIsNotToBeAskedAgain) {
  delivery_.fate = Fate::kRefused;
  const absl::Status status = Create(Sms()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), reason::kDeliveryRefused);
}

TEST_F(Challenges, WhatMayHaveBeenSentIsKeptAndCounted) {
  delivery_.fate = Fate::kUncertain;
  const auto challenge = Create(Sms());
  ASSERT_TRUE(challenge.ok()) << challenge.status();
  EXPECT_EQ(challenge->delivery, DeliveryState::kUncertain);
  EXPECT_EQ(store_.Get(call_, challenge->id)->delivery, DeliveryState::kUncertain);
  EXPECT_TRUE(Confirm(challenge->id, Sent()).ok());
}

TEST_F(Challenges, UnderOneIdempotencyKeyOneMessageIsSent) {
  call_.idempotency_key = "k";
  call_.request_digest = "d";
  const auto first = Create(Sms());
  const auto again = Create(Sms());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->id, first->id);
  EXPECT_THAT(delivery_.messages, SizeIs(1));
}

TEST_F(Challenges, WhileTheFirstMessageOfAKeyIsOnItsWayTheKeyIsInUse) {
  call_.idempotency_key = "k";
  delivery_.keeps_back = true;
  const CreateChallenge create(Parts());
  std::promise<absl::StatusOr<Challenge>> first;
  create.Run(call_, Sms(), [&](absl::StatusOr<Challenge> made) { first.set_value(std::move(made)); });
  const absl::Status meanwhile = Create(Sms()).status();
  EXPECT_EQ(ReasonOf(meanwhile), reason::kIdempotencyKeyInUse);
  delivery_.Release(Fate::kSent);
  const absl::StatusOr<Challenge> made = first.get_future().get();
  ASSERT_TRUE(made.ok()) << made.status();
  const auto again = Create(Sms());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->id, made->id);
  EXPECT_THAT(delivery_.messages, SizeIs(1));
}

TEST_F(Challenges, AFirstMessageThatWasNotSentLeavesTheKeyFree) {
  call_.idempotency_key = "k";
  delivery_.fate = Fate::kNotSent;
  EXPECT_EQ(ReasonOf(Create(Sms()).status()), reason::kDeliveryFailed);
  delivery_.fate = Fate::kSent;
  EXPECT_TRUE(Create(Sms()).ok());
}

TEST_F(Challenges, SendingStopsWhereNobodyAnswers) {
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(Create(Sms(StrCat("06 12 34 56 0", i))).ok());
  EXPECT_TRUE(Create(Sms("06 12 34 56 10")).ok()) << "they may still be answered";
  clock_.Advance(absl::Minutes(11));
  const absl::Status stopped = Create(Sms("06 98 76 54 32")).status();
  EXPECT_EQ(stopped.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(stopped), reason::kConversionTooLow);
  EXPECT_TRUE(Create(Sms("+32470123456")).ok()) << "another country";
  clock_.Advance(absl::Hours(6));
  EXPECT_TRUE(Create(Sms("06 98 76 54 32")).ok()) << "the alarm is over";
}

TEST_F(Challenges, SendingGoesOnWherePeopleAnswer) {
  for (int i = 0; i < 8; ++i) {
    const auto challenge = Create(Sms(StrCat("06 12 34 56 0", i)));
    EXPECT_TRUE(i > 0 || Confirm(challenge->id, Sent()).ok());
  }
  clock_.Advance(absl::Minutes(11));
  EXPECT_TRUE(Create(Sms("06 98 76 54 32")).ok());
}

TEST_F(Challenges, GuessesOfOneNetworkEnd) {
  SendGuard strict({.refusals_per_network_hourly = 3}, store_, mint_, metrics_);
  const ConfirmChallenge confirm(ChallengeParts{.options = {},
                                                .store = store_,
                                                .mint = mint_,
                                                .delivery = delivery_,
                                                .guard = strict,
                                                .policies = policies_,
                                                .rules = Rules(),
                                                .executor = executor_,
                                                .clock = clock_,
                                                .random = SecureRandom()});
  const auto guess = [&](const char* from) {
    return ReasonOf(
        confirm.Run(call_, {.id = ChallengeId("x"), .code = "1", .purpose = "", .remote_address = from})
            .status());
  };
  for (int i = 0; i < 3; ++i) guess("192.0.2.7");
  EXPECT_EQ(guess("192.0.2.8"), reason::kNetworkLimit) << "a neighbour";
  EXPECT_NE(guess("198.51.100.1"), reason::kNetworkLimit);
}

TEST_F(Challenges, AreForgottenAfterTheirRetention) {
  const auto challenge = Create(Sms());
  const ChallengeUpkeep upkeep(absl::Hours(24), store_, clock_);
  clock_.Advance(absl::Hours(24));
  EXPECT_EQ(upkeep.Run(call_), absl::OkStatus());
  EXPECT_TRUE(store_.Get(call_, challenge->id).ok());
  clock_.Advance(absl::Minutes(11));
  EXPECT_EQ(upkeep.Run(call_), absl::OkStatus());
  EXPECT_FALSE(store_.Get(call_, challenge->id).ok());
}

}  // namespace
}  // namespace limpid::verify

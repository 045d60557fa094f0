#include "verify-svc/domain/challenge.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::verify {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'800'000'000);
const absl::Time kSoon = kStart + absl::Minutes(1);
const absl::Time kEnd = kStart + absl::Minutes(10);

Challenge Pending() {
  return {.id = ChallengeId("ch1"),
          .create_time = kStart,
          .expire_time = kEnd,
          .resend_time = kStart + absl::Seconds(30)};
}
Challenge In(ChallengeState state) {
  Challenge challenge = Pending();
  challenge.state = state;
  return challenge;
}

TryResult Try(Challenge& challenge, bool right, absl::Time now = kSoon) {
  return TryCode(
      challenge, now, [right] { return right; }, "192.0.2.7");
}

TEST(ChallengeStates, ExpireAtTheirTimeUnlessTheyAreOver) {
  EXPECT_EQ(StateAt(Pending(), kEnd - absl::Microseconds(1)), ChallengeState::kPending);
  EXPECT_EQ(StateAt(Pending(), kEnd), ChallengeState::kExpired);
  for (const ChallengeState state :
       {ChallengeState::kApproved, ChallengeState::kCancelled, ChallengeState::kLocked}) {
    EXPECT_EQ(StateAt(In(state), kEnd), state);
  }
}

TEST(ChallengeTry, ARightCodeApprovesOnceAndKeepsTheProof) {
  Challenge challenge = Pending();
  EXPECT_EQ(Try(challenge, true), TryResult::kApproved);
  EXPECT_EQ(challenge.state, ChallengeState::kApproved);
  EXPECT_EQ(challenge.approval, (Approval{.time = kSoon, .remote_address = "192.0.2.7"}));
  EXPECT_EQ(Try(challenge, true, kSoon + absl::Seconds(1)), TryResult::kOver);
  EXPECT_EQ(challenge.approval->time, kSoon);
}

TEST(ChallengeTry, TheFifthWrongCodeLocks) {
  Challenge challenge = Pending();
  for (int i = 1; i < kMaxTries; ++i) {
    EXPECT_EQ(Try(challenge, false), TryResult::kWrong);
    EXPECT_EQ(challenge.state, ChallengeState::kPending);
  }
  EXPECT_EQ(Try(challenge, false), TryResult::kWrong);
  EXPECT_EQ(challenge.state, ChallengeState::kLocked);
  EXPECT_EQ(Try(challenge, true), TryResult::kOver);
}

TEST(ChallengeTry, TheCodeIsNotLookedAtOnceTheChallengeIsOver) {
  for (const ChallengeState state :
       {ChallengeState::kApproved, ChallengeState::kCancelled, ChallengeState::kLocked}) {
    Challenge challenge = In(state);
    EXPECT_EQ(TryCode(
                  challenge, kSoon,
                  [] {
                    ADD_FAILURE();
                    return true;
                  },
                  ""),
              TryResult::kOver);
    EXPECT_EQ(challenge, In(state));
  }
  Challenge late = Pending();
  EXPECT_EQ(Try(late, true, kEnd), TryResult::kOver);
  EXPECT_EQ(late, Pending());
}

TEST(ChallengeLink, ConfirmsOnceWithinItsTime) {
  Challenge challenge = Pending();
  EXPECT_EQ(UseLink(challenge, kSoon, "2001:db8::1"), TryResult::kApproved);
  EXPECT_EQ(challenge.approval->remote_address, "2001:db8::1");
  EXPECT_EQ(UseLink(challenge, kSoon, ""), TryResult::kOver);
  Challenge late = Pending();
  EXPECT_EQ(UseLink(late, kEnd, ""), TryResult::kOver);
}

TEST(ChallengeResend, WaitsThirtySixtyThenTwoMinutesAndKeepsTheTries) {
  EXPECT_EQ(CoolDown(1), absl::Seconds(30));
  EXPECT_EQ(CoolDown(2), absl::Seconds(60));
  EXPECT_EQ(CoolDown(3), absl::Seconds(120));
  EXPECT_EQ(CoolDown(4), absl::Seconds(120));
  Challenge challenge = Pending();
  challenge.tries = 3;
  const absl::Status early = Resend(challenge, kStart + absl::Seconds(29));
  EXPECT_EQ(ReasonOf(early), reason::kResendTooSoon);
  EXPECT_EQ(DetailsOf(early).retry_after, absl::Seconds(1));
  EXPECT_EQ(Resend(challenge, kSoon), absl::OkStatus());
  EXPECT_EQ(challenge.sends, 2);
  EXPECT_EQ(challenge.tries, 3);
  EXPECT_EQ(challenge.expire_time, kEnd);
  EXPECT_EQ(challenge.resend_time, kSoon + absl::Seconds(60));
}

TEST(ChallengeResend, EndsWithTheFifthMessage) {
  Challenge challenge = Pending();
  challenge.sends = kMaxSends;
  const absl::Status status = Resend(challenge, kSoon);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), reason::kResendLimit);
}

TEST(ChallengeResend, IsRefusedOnceTheChallengeIsOver) {
  for (const ChallengeState state :
       {ChallengeState::kApproved, ChallengeState::kCancelled, ChallengeState::kLocked}) {
    Challenge challenge = In(state);
    EXPECT_EQ(ReasonOf(Resend(challenge, kSoon)), reason::kChallengeOver);
  }
  Challenge late = Pending();
  EXPECT_EQ(ReasonOf(Resend(late, kEnd)), reason::kChallengeOver);
}

TEST(ChallengeResend, TakenBackMayBeRepeatedAtOnce) {
  Challenge challenge = Pending();
  ASSERT_EQ(Resend(challenge, kSoon), absl::OkStatus());
  TakeBackResend(challenge, kSoon);
  EXPECT_EQ(challenge.sends, 1);
  EXPECT_EQ(Resend(challenge, kSoon), absl::OkStatus());
}

TEST(ChallengeCancel, EndsWhatIsPendingAndMayBeRepeated) {
  Challenge challenge = Pending();
  EXPECT_EQ(Cancel(challenge, kSoon), absl::OkStatus());
  EXPECT_EQ(challenge.state, ChallengeState::kCancelled);
  EXPECT_EQ(Cancel(challenge, kEnd), absl::OkStatus());
  Challenge approved = In(ChallengeState::kApproved);
  EXPECT_EQ(ReasonOf(Cancel(approved, kSoon)), reason::kChallengeOver);
}

TEST(ChallengeWords, AreReadBack) {
  for (int i = 0; i < 4; ++i) {
    const auto channel = static_cast<ChallengeChannel>(i);
    EXPECT_EQ(ChallengeChannelFromName(Name(channel)), channel);
  }
  for (int i = 0; i < 5; ++i) {
    const auto state = static_cast<ChallengeState>(i);
    EXPECT_EQ(ChallengeStateFromName(Name(state)), state);
  }
  EXPECT_EQ(DeliveryStateFromName(Name(DeliveryState::kUncertain)), DeliveryState::kUncertain);
  EXPECT_EQ(ChallengeStateFromName("NOWHERE"), std::nullopt);
}

}  // namespace
}  // namespace limpid::verify

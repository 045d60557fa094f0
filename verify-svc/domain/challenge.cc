#include "verify-svc/domain/challenge.h"

#include <array>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::verify {
namespace {

template <class Enum, size_t N>
using Words = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Words<ChallengeChannel, 4> kChannels = {{{ChallengeChannel::kEmailLink, "EMAIL_LINK"},
                                                   {ChallengeChannel::kEmailCode, "EMAIL_CODE"},
                                                   {ChallengeChannel::kSms, "SMS"},
                                                   {ChallengeChannel::kVoice, "VOICE"}}};
constexpr Words<ChallengeState, 5> kStates = {{{ChallengeState::kPending, "PENDING"},
                                               {ChallengeState::kApproved, "APPROVED"},
                                               {ChallengeState::kExpired, "EXPIRED"},
                                               {ChallengeState::kCancelled, "CANCELLED"},
                                               {ChallengeState::kLocked, "LOCKED"}}};
constexpr Words<DeliveryState, 2> kDeliveries = {
    {{DeliveryState::kSent, "SENT"}, {DeliveryState::kUncertain, "UNCERTAIN"}}};

template <class Enum, size_t N>
std::string_view WordOf(const Words<Enum, N>& words, Enum value) {
  for (const auto& [listed, word] : words) {
    if (listed == value) return word;
  }
  return {};
}

template <class Enum, size_t N>
std::optional<Enum> ValueOf(const Words<Enum, N>& words, std::string_view wanted) {
  for (const auto& [value, word] : words) {
    if (word == wanted) return value;
  }
  return std::nullopt;
}

absl::Status NotPending() {
  return FailedPrecondition(reason::kChallengeOver, "The challenge is over: make a new one.");
}

void Approve(Challenge& challenge, absl::Time now, std::string_view remote_address) {
  challenge.state = ChallengeState::kApproved;
  challenge.approval = Approval{.time = now, .remote_address = std::string(remote_address)};
}

}  // namespace

std::string_view Name(ChallengeChannel channel) { return WordOf(kChannels, channel); }
std::string_view Name(ChallengeState state) { return WordOf(kStates, state); }
std::string_view Name(DeliveryState delivery) { return WordOf(kDeliveries, delivery); }
std::optional<ChallengeChannel> ChallengeChannelFromName(std::string_view name) {
  return ValueOf(kChannels, name);
}
std::optional<ChallengeState> ChallengeStateFromName(std::string_view name) { return ValueOf(kStates, name); }
std::optional<DeliveryState> DeliveryStateFromName(std::string_view name) {
  return ValueOf(kDeliveries, name);
}

bool IsEmail(ChallengeChannel channel) {
  return channel == ChallengeChannel::kEmailLink || channel == ChallengeChannel::kEmailCode;
}

ChallengeState StateAt(const Challenge& challenge, absl::Time now) {
  const bool late = challenge.state == ChallengeState::kPending && now >= challenge.expire_time;
  return late ? ChallengeState::kExpired : challenge.state;
}

TryResult TryCode(Challenge& challenge, absl::Time now, absl::FunctionRef<bool()> is_right,
                  std::string_view remote_address) {
  if (StateAt(challenge, now) != ChallengeState::kPending) return TryResult::kOver;
  if (is_right()) {
    Approve(challenge, now, remote_address);
    return TryResult::kApproved;
  }
  if (++challenge.tries >= kMaxTries) challenge.state = ChallengeState::kLocked;
  return TryResult::kWrong;
}

TryResult UseLink(Challenge& challenge, absl::Time now, std::string_view remote_address) {
  if (StateAt(challenge, now) != ChallengeState::kPending) return TryResult::kOver;
  Approve(challenge, now, remote_address);
  return TryResult::kApproved;
}

absl::Status Resend(Challenge& challenge, absl::Time now) {
  if (StateAt(challenge, now) != ChallengeState::kPending) return NotPending();
  if (challenge.sends >= kMaxSends) {
    return WithRetryAfter(
        MakeError(absl::StatusCode::kResourceExhausted, reason::kResendLimit,
                  "This challenge was sent as often as it may be: make a new one when it has expired."),
        challenge.expire_time - now);
  }
  if (now < challenge.resend_time) {
    return WithRetryAfter(MakeError(absl::StatusCode::kResourceExhausted, reason::kResendTooSoon,
                                    "The message was sent a moment ago: wait for the time given."),
                          challenge.resend_time - now);
  }
  ++challenge.sends;
  challenge.resend_time = now + CoolDown(challenge.sends);
  return absl::OkStatus();
}

void TakeBackResend(Challenge& challenge, absl::Time now) {
  --challenge.sends;
  challenge.resend_time = now;
}

absl::Status Cancel(Challenge& challenge, absl::Time now) {
  if (challenge.state == ChallengeState::kCancelled) return absl::OkStatus();
  if (StateAt(challenge, now) != ChallengeState::kPending) return NotPending();
  challenge.state = ChallengeState::kCancelled;
  return absl::OkStatus();
}

absl::Duration CoolDown(int sends) {
  constexpr absl::Duration kFirst = absl::Seconds(30);
  constexpr absl::Duration kLongest = absl::Seconds(120);
  absl::Duration wait = kFirst;
  for (int sent = 1; sent < sends && wait < kLongest; ++sent) wait *= 2;
  return wait;
}

}  // namespace limpid::verify

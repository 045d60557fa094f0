#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"

#include "libs/base/ids.h"

namespace limpid::verify {

using ChallengeId = StrongId<struct ChallengeTag>;

enum class ChallengeChannel { kEmailLink, kEmailCode, kSms, kVoice };
enum class ChallengeState { kPending, kApproved, kExpired, kCancelled, kLocked };
/// Whether the message of a challenge was taken by who carries it.
enum class DeliveryState { kSent, kUncertain };

/// The words of CONTRACT's lists: `EMAIL_LINK`, `PENDING`, `SENT` …
std::string_view Name(ChallengeChannel channel);
std::string_view Name(ChallengeState state);
std::string_view Name(DeliveryState delivery);
std::optional<ChallengeChannel> ChallengeChannelFromName(std::string_view name);
std::optional<ChallengeState> ChallengeStateFromName(std::string_view name);
std::optional<DeliveryState> DeliveryStateFromName(std::string_view name);

bool IsEmail(ChallengeChannel channel);

/// Tries of a code before the challenge is LOCKED: 5 of a million codes.
inline constexpr int kMaxTries = 5;
/// Messages of one challenge, the first included.
inline constexpr int kMaxSends = 5;

/// When and from where ownership was proven.
struct Approval {
  absl::Time time;
  std::string remote_address;  ///< Of the person, as the caller or the gateway gave it; may be empty.
  friend bool operator==(const Approval&, const Approval&) = default;
};

/// The question "is this address or number yours?", put by a message that holds a code or a link.
///
/// Holds neither code nor link: `seed` and the server's key make them again for a resend, `code_hash` and
/// `link_hash` recognise them. `state` is what is stored; that it has expired, StateAt says.
struct Challenge {
  ChallengeId id;
  TenantId tenant;
  ChallengeChannel channel = ChallengeChannel::kEmailCode;
  std::string destination;     ///< Normal form of an e-mail address, or E.164.
  std::string region_code;     ///< Of a number.
  std::string purpose;         ///< The caller's word for what is proven: a code for one proves no other.
  std::string language;        ///< Of the message: `fr` or `en`.
  std::string brand;           ///< Who asks, as the message says.
  std::string autofill_host;   ///< Site whose form the code fills in by itself; may be empty.
  std::string notice_version;  ///< Version of the text that the person agrees to; may be empty.
  std::string source;          ///< Where it was asked: a form, a campaign; may be empty.
  std::string seed;
  std::string code_hash;
  std::string link_hash;  ///< Empty but for links.
  ChallengeState state = ChallengeState::kPending;
  DeliveryState delivery = DeliveryState::kSent;
  int tries = 0;  ///< Codes that were wrong.
  int sends = 1;
  absl::Time create_time;
  absl::Time expire_time;
  absl::Time resend_time;  ///< From when on it may be sent again.
  std::optional<Approval> approval;

  friend bool operator==(const Challenge&, const Challenge&) = default;
};

/// A PENDING challenge whose time is over is EXPIRED.
ChallengeState StateAt(const Challenge& challenge, absl::Time now);

enum class TryResult { kApproved, kWrong, kOver };
/// One try of a code: `is_right` is asked only while the challenge is PENDING. The fifth wrong one locks it,
/// a right one works once.
TryResult TryCode(Challenge& challenge, absl::Time now, absl::FunctionRef<bool()> is_right,
                  std::string_view remote_address);
/// One use of the link, whose token was recognised. What was approved already is kOver.
TryResult UseLink(Challenge& challenge, absl::Time now, std::string_view remote_address);

/// Counts one more message and sets the next cool-down. FAILED_PRECONDITION when the challenge is not
/// PENDING, RESOURCE_EXHAUSTED before the cool-down has passed and after the last message, with when to come
/// again.
absl::Status Resend(Challenge& challenge, absl::Time now);
/// Takes back a resend of which nothing was sent.
void TakeBackResend(Challenge& challenge, absl::Time now);
/// No code or link of it is accepted any more. FAILED_PRECONDITION for what is neither PENDING nor CANCELLED.
absl::Status Cancel(Challenge& challenge, absl::Time now);

/// After how long the next message may follow the `sends`-th: 30, 60, then 120 seconds.
absl::Duration CoolDown(int sends);

}  // namespace limpid::verify

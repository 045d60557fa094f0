#include "verify-svc/domain/destination.h"

#include <algorithm>
#include <array>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/quality/reasons.h"

namespace limpid::verify {
namespace {

using quality::PhoneType;

constexpr std::string_view kField = "destination";

constexpr std::array kNeverTypes = {PhoneType::kPremiumRate, PhoneType::kSharedCost, PhoneType::kTollFree,
                                    PhoneType::kPager,       PhoneType::kVoicemail,  PhoneType::kUan};
constexpr std::array kNeverFlags = {quality::phone_flag::kPremium,   quality::phone_flag::kSharedCost,
                                    quality::phone_flag::kTollFree,  quality::phone_flag::kPager,
                                    quality::phone_flag::kVoicemail, quality::phone_flag::kEmergency,
                                    quality::phone_flag::kShortCode, quality::phone_flag::kM2m,
                                    quality::phone_flag::kFictional, quality::phone_flag::kPlaceholder};

template <class List, class Value>
bool Contains(const List& list, const Value& value) {
  return std::ranges::find(list, value) != list.end();
}

bool CountryAllowed(const Policy::Phone& policy, const quality::PhoneVerdict& verdict) {
  if (Contains(policy.denied_calling_codes, verdict.calling_code)) return false;
  if (Contains(policy.denied_regions, verdict.region_code)) return false;
  if (policy.allowed_calling_codes.empty() && policy.allowed_regions.empty()) return true;
  return Contains(policy.allowed_calling_codes, verdict.calling_code) ||
         Contains(policy.allowed_regions, verdict.region_code);
}

bool TypeAllowed(const Policy& policy, ChallengeChannel channel, const quality::PhoneVerdict& verdict) {
  if (Contains(kNeverTypes, verdict.type)) return false;
  if (std::ranges::any_of(kNeverFlags, [&](std::string_view flag) { return verdict.HasFlag(flag); }))
    return false;
  if (Contains(policy.phone.denied_types, Name(verdict.type))) return false;
  const bool voip = verdict.type == PhoneType::kVoip || verdict.HasFlag(quality::phone_flag::kVoip);
  if (voip && !policy.challenges.allow_voip) return false;
  const quality::CanReceive receives = channel == ChallengeChannel::kSms ? verdict.sms : verdict.voice;
  // A VoIP line that the tenant admits may well take an SMS: only its operator knows.
  return voip || receives != quality::CanReceive::kNo;
}

}  // namespace

std::string NumberPrefix(std::string_view e164) {
  constexpr size_t kSubscriberDigits = 4;
  return std::string(e164.substr(0, e164.size() - std::min(e164.size(), kSubscriberDigits)));
}

absl::StatusOr<Destination> EmailDestination(const quality::EmailVerdict& verdict) {
  if (verdict.status == quality::EmailStatus::kUndeliverable || verdict.address.empty()) {
    return InvalidField(kField, verdict.reason, "No mail can arrive at this address.");
  }
  return Destination{.address = verdict.address.normalized};
}

absl::StatusOr<Destination> PhoneDestination(const quality::PhoneVerdict& verdict, ChallengeChannel channel,
                                             const Policy& policy) {
  if (verdict.status == quality::PhoneStatus::kInvalid || verdict.e164.empty()) {
    const std::string_view why =
        verdict.reasons.empty() ? quality::phone_reason::kNotANumber : verdict.reasons.front();
    return InvalidField(kField, why, "This is no number that can be reached.");
  }
  if (!CountryAllowed(policy.phone, verdict)) {
    return InvalidField(kField, quality::phone_reason::kCountryNotAllowed,
                        "Messages do not go to numbers of this country.");
  }
  if (!TypeAllowed(policy, channel, verdict)) {
    return InvalidField(kField, reason::kDestinationNotAllowed,
                        "Messages do not go to numbers of this kind.");
  }
  return Destination{
      .address = verdict.e164, .region_code = verdict.region_code, .prefix = NumberPrefix(verdict.e164)};
}

}  // namespace limpid::verify

#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "libs/quality/email/verdict.h"
#include "libs/quality/phone/verdict.h"
#include "verify-svc/domain/challenge.h"
#include "verify-svc/domain/policy.h"

/// Where messages may go. Every violation stands at `destination`.
namespace limpid::verify {

struct Destination {
  std::string address;      ///< Normal form of an e-mail address, or E.164.
  std::string region_code;  ///< Of a number.
  std::string prefix;       ///< Of a number: the range it belongs to, as NumberPrefix says.
};

/// A number without its last four digits.
std::string NumberPrefix(std::string_view e164);

/// INVALID_ARGUMENT with the verdict's reason for an address that cannot be.
absl::StatusOr<Destination> EmailDestination(const quality::EmailVerdict& verdict);

/// INVALID_ARGUMENT with the verdict's reason for a number that is none; COUNTRY_NOT_ALLOWED or
/// DESTINATION_NOT_ALLOWED for one that the tenant's policy denies, and for what nobody is called at
/// personally or somebody else profits from: premium, shared cost, toll-free, pagers, voicemail, machines.
absl::StatusOr<Destination> PhoneDestination(const quality::PhoneVerdict& verdict, ChallengeChannel channel,
                                             const Policy& policy);

}  // namespace limpid::verify

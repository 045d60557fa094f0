#include "verify-svc/domain/email_lifetime.h"

#include <algorithm>
#include <array>

#include "libs/quality/reasons.h"

namespace limpid::verify {
namespace {

namespace word = quality::email_reason;

struct Lifetime {
  std::string_view reason;
  absl::Duration duration;
};

constexpr absl::Duration kDomainLevel = absl::Hours(6);
constexpr absl::Duration kUnknown = absl::Minutes(5);

const std::array kLifetimes = {
    Lifetime{word::kMailboxExists, absl::Hours(7 * 24)},
    Lifetime{word::kCatchAll, absl::Hours(7 * 24)},
    Lifetime{word::kMailboxNotFound, absl::Hours(24)},
    Lifetime{word::kMailboxDisabled, absl::Hours(24)},
    Lifetime{word::kMailboxFull, absl::Hours(24)},
    Lifetime{word::kSmtputf8Unsupported, absl::Hours(24)},
    Lifetime{word::kDnsTimeout, kUnknown},
    Lifetime{word::kDnsError, kUnknown},
    Lifetime{word::kNoConnect, kUnknown},
    Lifetime{word::kTimeout, kUnknown},
    Lifetime{word::kConnectionLost, kUnknown},
    Lifetime{word::kProtocolError, kUnknown},
    Lifetime{word::kGreylisted, kUnknown},
    Lifetime{word::kTemporaryFailure, kUnknown},
    Lifetime{word::kBlocked, kUnknown},
    Lifetime{word::kPolicy, kUnknown},
    Lifetime{word::kRelayDenied, kUnknown},
    Lifetime{word::kRateLimited, kUnknown},
    Lifetime{word::kSmtpUnavailable, kUnknown},
    Lifetime{word::kProviderNotVerifiable, kUnknown},
    Lifetime{word::kBudgetSpent, kUnknown},
};

}  // namespace

absl::Duration LifetimeOf(const quality::EmailVerdict& verdict) {
  absl::Duration shortest = absl::InfiniteDuration();
  for (const Lifetime& lifetime : kLifetimes) {
    if (verdict.Has(lifetime.reason)) shortest = std::min(shortest, lifetime.duration);
  }
  return shortest == absl::InfiniteDuration() ? kDomainLevel : shortest;
}

absl::Duration LifetimeOf(std::string_view email_reason) {
  for (const Lifetime& lifetime : kLifetimes) {
    if (lifetime.reason == email_reason) return lifetime.duration;
  }
  return kDomainLevel;
}

}  // namespace limpid::verify

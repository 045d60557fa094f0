#pragma once

#include "libs/base/clock.h"
#include "libs/base/executor.h"
#include "libs/base/random.h"
#include "verify-svc/app/challenge_store.h"
#include "verify-svc/app/code_mint.h"
#include "verify-svc/app/fast_rules.h"
#include "verify-svc/app/message_delivery.h"
#include "verify-svc/app/policies.h"
#include "verify-svc/app/send_guard.h"

namespace limpid::verify {

/// What the use cases of challenges work with. All outlive them.
struct ChallengeParts {
  struct Options {
    std::string default_region = "FR";
    std::string brand = "Limpid";
    absl::Duration code_lifetime = absl::Minutes(10);
    absl::Duration link_lifetime = absl::Hours(48);
    absl::Duration delivery_timeout = absl::Seconds(8);
  } options;
  ChallengeStore& store;
  CodeMint& mint;
  MessageDelivery& delivery;
  SendGuard& guard;
  const Policies& policies;
  const RulesInForce& rules;
  Executor& executor;  ///< May wait for the store.
  const Clock& clock;
  Random& random;
};

/// Now, as exactly as the store keeps it: an answer does not change when it is read again.
inline absl::Time StoredNow(const Clock& clock) {
  return absl::FromUnixMicros(absl::ToUnixMicros(clock.Now()));
}

}  // namespace limpid::verify

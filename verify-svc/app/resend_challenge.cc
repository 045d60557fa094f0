#include "verify-svc/app/resend_challenge.h"

#include <utility>
#include <vector>

#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/base/reasons.h"
#include "verify-svc/app/send_challenge.h"

namespace limpid::verify {
namespace {

/// The destination of a challenge, judged when it was made, as the guard looks at it.
Destination DestinationOf(const Challenge& challenge) {
  Destination destination{.address = challenge.destination, .region_code = challenge.region_code};
  if (!IsEmail(challenge.channel)) destination.prefix = NumberPrefix(challenge.destination);
  return destination;
}

}  // namespace

void ResendChallenge::Run(const Call& call, const ChallengeId& id, const std::string& remote_address,
                          Done<Challenge> done) const {
  const absl::StatusOr<Challenge> known = parts_.store.Get(call, id);
  if (!known.ok()) return done(known.status());
  if (absl::Status status = CheckOffered(parts_, known->channel); !status.ok()) return done(status);
  const Destination destination = DestinationOf(*known);
  const absl::Time now = StoredNow(parts_.clock);
  if (absl::Status status = parts_.guard.CheckConversion(call, destination, now); !status.ok()) {
    return done(status);
  }
  const std::vector<Allowance> allowances = parts_.guard.AllowancesFor(
      call, known->channel, destination, remote_address, *parts_.policies.Of(call.tenant));
  absl::StatusOr<Challenge> resent =
      parts_.store.Change(call, now, id, [&](Challenge& challenge) -> absl::StatusOr<std::vector<Allowance>> {
        if (absl::Status status = Resend(challenge, now); !status.ok()) return status;
        challenge.delivery = DeliveryState::kSent;
        return allowances;
      });
  if (!resent.ok()) return done(resent.status());
  SendChallenge(
      parts_, call, *resent,
      [&store = parts_.store, &clock = parts_.clock, id, now, allowances](const Call& repair) {
        const auto taken_back = store.GiveBack(repair, id, now, allowances, [&](Challenge& challenge) {
          TakeBackResend(challenge, StoredNow(clock));
        });
        if (!taken_back.ok()) {
          Log(LogLevel::kWarning, "challenge_not_given_back", {{"id", Label(id.value())}});
        }
      },
      std::move(done));
}

}  // namespace limpid::verify

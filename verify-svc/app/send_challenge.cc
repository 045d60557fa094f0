#include "verify-svc/app/send_challenge.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/base/reasons.h"

namespace limpid::verify {
namespace {

constexpr absl::Duration kRetryAfter = absl::Seconds(5);
// What the steps after the delivery need of the caller's time.
constexpr absl::Duration kMargin = absl::Milliseconds(500);
constexpr absl::Duration kRepairTimeout = absl::Seconds(5);

absl::Status NotDelivered(Fate fate) {
  if (fate == Fate::kRefused) {
    return FailedPrecondition(reason::kDeliveryRefused, "No message can be sent to this destination.");
  }
  return WithRetryAfter(MakeError(absl::StatusCode::kUnavailable, reason::kDeliveryFailed,
                                  "The message could not be handed over and nothing was sent: ask again."),
                        kRetryAfter);
}

}  // namespace

Call RepairCall(const TenantId& tenant, const std::string& request_id) {
  Call repair;
  repair.tenant = tenant;
  repair.request_id = request_id;
  return repair.Within(kRepairTimeout);
}

absl::Status CheckOffered(const ChallengeParts& parts, ChallengeChannel channel) {
  if (parts.delivery.Offers(channel)) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, reason::kChannelNotOffered,
                   "No sender is set up for messages of this channel.");
}

void SendChallenge(const ChallengeParts& parts, const Call& call, Challenge challenge,
                   absl::AnyInvocable<void(const Call&)> undo, Done<Challenge> done) {
  const absl::Time now = parts.clock.Now();
  std::string secret = parts.mint.SecretOf(challenge);
  if (secret.empty()) {
    // Made with a key that is no longer in use: it can be neither sent nor typed in.
    undo(RepairCall(call.tenant, call.request_id));
    return done(FailedPrecondition(reason::kChallengeOver, "The challenge is over: make a new one."));
  }
  ChallengeMessage message{.channel = challenge.channel,
                           .destination = challenge.destination,
                           .secret = std::move(secret),
                           .language = challenge.language,
                           .brand = challenge.brand,
                           .autofill_host = challenge.autofill_host,
                           .lifetime = challenge.expire_time - now};
  Call sending = call.Within(std::min(parts.options.delivery_timeout, call.Remaining() - kMargin));
  // A caller who hangs up has still asked for the message: who stops half way does not know what was sent.
  sending.stop = {};
  parts.delivery.Deliver(
      sending, std::move(message),
      [&executor = parts.executor, &store = parts.store, request_id = call.request_id,
       challenge = std::move(challenge), undo = std::move(undo), done = std::move(done)](Fate fate) mutable {
        if (fate == Fate::kSent) return done(std::move(challenge));
        if (fate == Fate::kUncertain) challenge.delivery = DeliveryState::kUncertain;
        // The store must not be asked on a thread of the network.
        struct Rest {
          Challenge challenge;
          absl::AnyInvocable<void(const Call&)> undo;
          Done<Challenge> done;
        };
        auto rest = std::make_shared<Rest>(Rest{std::move(challenge), std::move(undo), std::move(done)});
        const absl::Status admitted = executor.Submit([&store, request_id, rest, fate] {
          const Call repair = RepairCall(rest->challenge.tenant, request_id);
          if (fate != Fate::kUncertain) {
            rest->undo(repair);
            return rest->done(NotDelivered(fate));
          }
          const auto marked =
              store.GiveBack(repair, rest->challenge.id, absl::UnixEpoch(), {},
                             [](Challenge& stored) { stored.delivery = DeliveryState::kUncertain; });
          if (!marked.ok()) {
            Log(LogLevel::kWarning, "challenge_not_marked", {{"id", Label(rest->challenge.id.value())}});
          }
          rest->done(std::move(rest->challenge));
        });
        if (admitted.ok()) return;
        // Too busy to give back what was taken: the person waits for the next window.
        if (fate != Fate::kUncertain) return rest->done(NotDelivered(fate));
        rest->done(std::move(rest->challenge));
      });
}

}  // namespace limpid::verify

#pragma once

#include <string>

#include "libs/base/call.h"
#include "verify-svc/app/challenge_parts.h"

namespace limpid::verify {

/// The last step of what sends: hands over the message of a stored challenge, and puts things right when
/// that fails. `undo` runs on the executor when certainly nothing was sent; the answer is then
/// DELIVERY_FAILED (UNAVAILABLE, to be asked again). A message that may have been sent is an answer, marked
/// UNCERTAIN: the person can ask for another one.
void SendChallenge(const ChallengeParts& parts, const Call& call, Challenge challenge,
                   absl::AnyInvocable<void(const Call&)> undo, Done<Challenge> done);

/// For what is put right in the store after the delivery, also after the caller's time. Its own begins now.
Call RepairCall(const TenantId& tenant, const std::string& request_id);

/// CHANNEL_NOT_OFFERED where nobody carries messages of this channel.
absl::Status CheckOffered(const ChallengeParts& parts, ChallengeChannel channel);

}  // namespace limpid::verify

#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "limpid/verify/v1/challenge_service.pb.h"

#include "verify-svc/app/confirm_link.h"
#include "verify-svc/domain/challenge.h"
#include "verify-svc/domain/challenge_request.h"

/// Between the messages of ChallengeService and the domain.
namespace limpid::verify {

/// `challenges/ch1` is `ch1`. INVALID_ARGUMENT at `name` for any other form.
absl::StatusOr<ChallengeId> ReadChallengeName(std::string_view name);
/// INVALID_ARGUMENT with every violation, for a channel that no list has and for output-only fields that are
/// set as well.
absl::StatusOr<ChallengeRequest> ReadRequest(const v1::CreateChallengeRequest& request);
/// Into an empty message, in the state that it has at `now`.
void Write(const Challenge& challenge, absl::Time now, v1::Challenge& out);
v1::ConfirmLinkResponse::Result::Value Wire(LinkResult result);

}  // namespace limpid::verify

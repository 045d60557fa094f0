#include "verify-svc/app/confirm_link.h"

namespace limpid::verify {

absl::StatusOr<ConfirmLink::Output> ConfirmLink::Run(const Call& call, const Input& input) const {
  const absl::Time now = StoredNow(parts_.clock);
  const std::string hash = parts_.mint.LinkHash(input.token);
  Output output;
  const absl::Status tried = parts_.store.TryLink(
      call, now, hash, parts_.guard.RefusalsFor(call, hash, input.remote_address), [&](Challenge* challenge) {
        output = {};
        if (challenge == nullptr) return TryResult::kOver;
        const TryResult result = UseLink(*challenge, now, input.remote_address);
        const bool approved = challenge->state == ChallengeState::kApproved;
        if (approved) {
          output.result =
              result == TryResult::kApproved ? LinkResult::kConfirmed : LinkResult::kAlreadyConfirmed;
          output.language = challenge->language;
        }
        return result;
      });
  if (!tried.ok()) return tried;
  return output;
}

}  // namespace limpid::verify

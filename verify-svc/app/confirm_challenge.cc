#include "verify-svc/app/confirm_challenge.h"

#include "libs/base/error.h"
#include "libs/base/ip_network.h"
#include "libs/base/reasons.h"

namespace limpid::verify {
namespace {

constexpr size_t kMaxCode = 64;

absl::Status CheckInput(const ConfirmChallenge::Input& input) {
  ErrorCollector errors;
  if (input.code.empty()) errors.Add("code", reason::kRequired, "The code that the person typed.");
  if (input.code.size() > kMaxCode) errors.Add("code", reason::kTooLong, "At most 64 bytes.");
  if (!input.remote_address.empty() && NetworkOf(input.remote_address).empty()) {
    errors.Add("remote_address", reason::kInvalidFormat, "An IPv4 or IPv6 address.");
  }
  return errors.Finish();
}

}  // namespace

absl::StatusOr<Challenge> ConfirmChallenge::Run(const Call& call, const Input& input) const {
  if (absl::Status status = CheckInput(input); !status.ok()) return status;
  const absl::Time now = StoredNow(parts_.clock);
  TryResult result = TryResult::kOver;
  Challenge approved;
  const absl::Status tried = parts_.store.Try(
      call, now, input.id, parts_.guard.RefusalsFor(call, input.id.value(), input.remote_address),
      [&](Challenge* challenge) {
        bool compared = false;
        const auto is_right = [&] {
          compared = true;
          const bool code = parts_.mint.IsCode(*challenge, input.code);
          return code && (input.purpose.empty() || input.purpose == challenge->purpose);
        };
        result = challenge == nullptr ? TryResult::kOver
                                      : TryCode(*challenge, now, is_right, input.remote_address);
        if (result == TryResult::kApproved) approved = *challenge;
        // Where there was nothing to compare with, as much time is spent on nothing.
        if (!compared) parts_.mint.IsCode(Challenge(), input.code);
        return result;
      });
  if (!tried.ok()) return tried;
  if (result == TryResult::kApproved) return approved;
  return InvalidField("code", reason::kCodeNotAccepted,
                      "The code is wrong or no longer valid: check it, or ask for another one.");
}

}  // namespace limpid::verify

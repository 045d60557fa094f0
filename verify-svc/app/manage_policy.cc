#include "verify-svc/app/manage_policy.h"

#include "libs/base/error.h"
#include "libs/base/strings.h"

namespace limpid::verify {

std::string EtagOf(const Policy& policy) { return StrCat(policy.version); }

absl::StatusOr<Policy> ManagePolicy::Change(const Call& call, const Update& update) const {
  const auto fields = PolicyFieldsToWrite(update.mask, update.policy);
  ErrorCollector errors;
  errors.Merge("", fields.status());
  errors.Merge("policy", CheckPolicy(update.policy));
  if (absl::Status status = errors.Finish(); !status.ok()) return status;

  absl::StatusOr<Policy> changed = store_.Change(call, clock_.Now(), [&](Policy& policy) -> absl::Status {
    if (!update.etag.empty() && update.etag != EtagOf(policy)) {
      return StaleEtag("verificationPolicy", "");
    }
    for (const PolicyField* field : *fields) field->copy(update.policy, policy);
    return absl::OkStatus();
  });
  if (!changed.ok()) return changed.status();
  // It is stored: when reading it back fails, the follower does so later.
  in_memory_.Refresh(call).IgnoreError();
  return changed;
}

}  // namespace limpid::verify

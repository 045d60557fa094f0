#pragma once

#include "absl/status/statusor.h"
#include "limpid/verify/v1/policy_service.pb.h"

#include "verify-svc/app/manage_policy.h"

/// Between the messages of PolicyService and the domain.
namespace limpid::verify {

/// INVALID_ARGUMENT at `name` when it is not `verificationPolicy`.
absl::Status CheckPolicyName(std::string_view field, std::string_view name);
/// INVALID_ARGUMENT for a name that is not the policy's and for a type that no list has.
absl::StatusOr<ManagePolicy::Update> ReadUpdate(const v1::UpdateVerificationPolicyRequest& request);
/// Into an empty message.
void Write(const Policy& policy, v1::VerificationPolicy& out);

}  // namespace limpid::verify

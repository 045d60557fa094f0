#include "verify-svc/rpc/policy_service.h"

#include <utility>

#include "limpid/verify/v1/policy_service.pb.h"

#include "verify-svc/rpc/policy_convert.h"

namespace limpid::verify {
namespace {

absl::Status Answer(const absl::StatusOr<Policy>& policy, v1::VerificationPolicy& response) {
  if (policy.ok()) Write(*policy, response);
  return policy.status();
}

}  // namespace

std::unique_ptr<rpc::Service> MakePolicyService(std::shared_ptr<const rpc::Door> door,
                                                std::shared_ptr<const ManagePolicy> policy) {
  return rpc::ServiceBuilder("limpid.verify.v1.PolicyService", std::move(door))
      .Unary<v1::GetVerificationPolicyRequest, v1::VerificationPolicy>(
          "GetVerificationPolicy",
          [policy](const Call& call, const v1::GetVerificationPolicyRequest& request,
                   v1::VerificationPolicy& response) {
            if (absl::Status status = CheckPolicyName("name", request.name()); !status.ok()) return status;
            return Answer(policy->Get(call), response);
          })
      .Unary<v1::UpdateVerificationPolicyRequest, v1::VerificationPolicy>(
          "UpdateVerificationPolicy",
          [policy](const Call& call, const v1::UpdateVerificationPolicyRequest& request,
                   v1::VerificationPolicy& response) {
            const absl::StatusOr<ManagePolicy::Update> update = ReadUpdate(request);
            if (!update.ok()) return update.status();
            return Answer(policy->Change(call, *update), response);
          })
      .Build();
}

}  // namespace limpid::verify

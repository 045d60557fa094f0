#pragma once

#include <memory>

#include "libs/rpc/service.h"
#include "verify-svc/app/manage_policy.h"

namespace limpid::verify {

/// limpid.verify.v1.PolicyService. `door`'s executor may wait for the database.
std::unique_ptr<rpc::Service> MakePolicyService(std::shared_ptr<const rpc::Door> door,
                                                std::shared_ptr<const ManagePolicy> policy);

}  // namespace limpid::verify

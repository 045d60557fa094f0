#pragma once

#include <memory>

#include "limpid/gateway/v1/tenant_service.pb.h"

#include "gateway/app/create_tenant.h"
#include "gateway/app/get_tenant.h"
#include "gateway/app/list_tenants.h"
#include "gateway/app/update_tenant.h"
#include "gateway/forwarding/upstream.h"
#include "libs/base/executor.h"
#include "libs/rpc/service.h"

namespace limpid::gateway {

/// What TenantService needs; all outlive the service.
struct TenantUseCases {
  CreateTenant& create;
  GetTenant& get;
  ListTenants& list;
  UpdateTenant& update;
  int default_rate_per_minute;  ///< Shown for keys that name none.
};

/// TenantService for the gRPC door; handlers run on the door's executor.
std::unique_ptr<rpc::Service> BuildTenantService(const TenantUseCases& use_cases,
                                                 std::shared_ptr<const rpc::Door> door);
/// TenantService for the HTTP door, in the same process and without a hop.
std::unique_ptr<Upstream> MakeTenantUpstream(const TenantUseCases& use_cases,
                                             std::shared_ptr<Executor> executor);

}  // namespace limpid::gateway

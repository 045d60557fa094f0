#include "gateway/rpc/tenant_service.h"

#include <string>
#include <utility>

#include "gateway/rpc/key_convert.h"
#include "gateway/rpc/local_upstream.h"
#include "gateway/rpc/page.h"
#include "gateway/rpc/resource_name.h"
#include "gateway/rpc/tenant_convert.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::gateway {
namespace {

constexpr std::string_view kService = "limpid.gateway.v1.TenantService";
constexpr std::string_view kCollection = "tenants";

/// The methods: read, call the use case, convert.
class TenantMethods {
 public:
  explicit TenantMethods(const TenantUseCases& use_cases) : use_(use_cases) {}

  absl::StatusOr<v1::CreateTenantResponse> Create(const Call& call,
                                                  const v1::CreateTenantRequest& request) const {
    ErrorCollector errors;
    if (!request.has_tenant()) errors.Add("tenant", reason::kRequired, "Give the tenant, if only as {}.");
    const TenantChange settings = SettingsFromProto(request.tenant(), "tenant", errors);
    errors.Merge("", CheckNewTenant(TenantId(request.tenant_id()), settings));
    if (absl::Status status = errors.Finish(); !status.ok()) return status;
    const absl::StatusOr<IssuedTenant> made = use_.create.Run(call, TenantId(request.tenant_id()), settings);
    if (!made.ok()) return made.status();
    v1::CreateTenantResponse response;
    *response.mutable_tenant() = ToProto(made->tenant);
    *response.mutable_key() = ToProto(made->first_key, use_.default_rate_per_minute);
    return response;
  }

  absl::StatusOr<v1::Tenant> Get(const Call& call, const v1::GetTenantRequest& request) const {
    ErrorCollector errors;
    const TenantId id(IdOfName(request.name(), kCollection, "name", errors));
    if (absl::Status status = errors.Finish(); !status.ok()) return status;
    return Wire(use_.get.Run(call, id));
  }

  absl::StatusOr<v1::ListTenantsResponse> List(const Call& call,
                                               const v1::ListTenantsRequest& request) const {
    ErrorCollector errors;
    const PageRequest page = ReadPage(kCollection, request.page_size(), request.page_token(), errors);
    if (absl::Status status = errors.Finish(); !status.ok()) return status;
    const absl::StatusOr<TenantPage> listed = use_.list.Run(call, TenantId(page.after), page.size);
    if (!listed.ok()) return listed.status();
    v1::ListTenantsResponse response;
    for (const Tenant& tenant : listed->tenants) *response.add_tenants() = ToProto(tenant);
    if (listed->more) response.set_next_page_token(PageToken(kCollection, listed->tenants.back().id.value()));
    return response;
  }

  absl::StatusOr<v1::Tenant> Update(const Call& call, const v1::UpdateTenantRequest& request) const {
    ErrorCollector errors;
    if (!request.has_tenant()) errors.Add("tenant", reason::kRequired, "Give the tenant's name and fields.");
    const TenantId id(IdOfName(request.tenant().name(), kCollection, "tenant.name", errors));
    const TenantChange change = ChangeFromProto(request, errors);
    errors.Merge("tenant", CheckTenantChange(change));
    if (absl::Status status = errors.Finish(); !status.ok()) return status;
    return Wire(use_.update.Run(call, id, change));
  }

 private:
  static absl::StatusOr<v1::Tenant> Wire(const absl::StatusOr<Tenant>& tenant) {
    if (!tenant.ok()) return tenant.status();
    return ToProto(*tenant);
  }

  const TenantUseCases use_;
};

/// Lists the methods to whatever serves them.
template <class Builder>
void AddMethods(Builder& builder, const TenantUseCases& use_cases) {
  const TenantMethods methods(use_cases);
  builder.template Unary<v1::CreateTenantRequest, v1::CreateTenantResponse>(
      "CreateTenant", [methods](const Call& call, const v1::CreateTenantRequest& request) {
        return methods.Create(call, request);
      });
  builder.template Unary<v1::GetTenantRequest, v1::Tenant>(
      "GetTenant", [methods](const Call& call, const v1::GetTenantRequest& request) {
        return methods.Get(call, request);
      });
  builder.template Unary<v1::ListTenantsRequest, v1::ListTenantsResponse>(
      "ListTenants", [methods](const Call& call, const v1::ListTenantsRequest& request) {
        return methods.List(call, request);
      });
  builder.template Unary<v1::UpdateTenantRequest, v1::Tenant>(
      "UpdateTenant", [methods](const Call& call, const v1::UpdateTenantRequest& request) {
        return methods.Update(call, request);
      });
}

}  // namespace

std::unique_ptr<rpc::Service> BuildTenantService(const TenantUseCases& use_cases,
                                                 std::shared_ptr<const rpc::Door> door) {
  rpc::ServiceBuilder builder(kService, std::move(door));
  AddMethods(builder, use_cases);
  return builder.Build();
}

std::unique_ptr<Upstream> MakeTenantUpstream(const TenantUseCases& use_cases,
                                             std::shared_ptr<Executor> executor) {
  auto upstream = std::make_unique<LocalUpstream>(std::move(executor));
  AddMethods(*upstream, use_cases);
  return upstream;
}

}  // namespace limpid::gateway

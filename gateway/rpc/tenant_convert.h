#pragma once

#include <string_view>

#include "limpid/gateway/v1/tenant_service.pb.h"

#include "gateway/domain/tenant.h"
#include "libs/base/error.h"

namespace limpid::gateway {

v1::Tenant ToProto(const Tenant& tenant);

/// The settings of a tenant to make: what is empty gets its default. Adds violations for output-only fields
/// that are set.
TenantChange SettingsFromProto(const v1::Tenant& tenant, std::string_view path, ErrorCollector& errors);

/// What an update writes (AIP-134): the fields of the mask, `*` for all, without a mask those that are set. A
/// field of the mask that is empty goes back to its default. Adds violations for paths that are none or are
/// read-only.
TenantChange ChangeFromProto(const v1::UpdateTenantRequest& request, ErrorCollector& errors);

}  // namespace limpid::gateway

#include "gateway/rpc/tenant_convert.h"

#include <optional>
#include <string>

#include "gateway/rpc/key_convert.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

std::string OrDefault(const std::string& value, std::string_view fallback) {
  return value.empty() ? std::string(fallback) : value;
}

/// All fields, the empty ones as their defaults.
TenantChange Whole(const v1::Tenant& tenant) {
  return {.display_name = tenant.display_name(),
          .default_region = OrDefault(tenant.default_region(), kDefaultRegion),
          .language_code = OrDefault(tenant.language_code(), kDefaultLanguage)};
}

}  // namespace

v1::Tenant ToProto(const Tenant& tenant) {
  v1::Tenant wire;
  wire.set_name(StrCat("tenants/", tenant.id.value()));
  wire.set_display_name(tenant.display_name);
  wire.set_default_region(tenant.default_region);
  wire.set_language_code(tenant.language_code);
  *wire.mutable_create_time() = ToProto(tenant.create_time);
  return wire;
}

TenantChange SettingsFromProto(const v1::Tenant& tenant, std::string_view path, ErrorCollector& errors) {
  if (!tenant.name().empty()) {
    errors.Add(StrCat(path, ".name"), reason::kReadOnly, "Made from tenant_id: leave it out.");
  }
  if (tenant.has_create_time()) {
    errors.Add(StrCat(path, ".create_time"), reason::kReadOnly, "Set by the gateway: leave it out.");
  }
  return Whole(tenant);
}

TenantChange ChangeFromProto(const v1::UpdateTenantRequest& request, ErrorCollector& errors) {
  const TenantChange whole = Whole(request.tenant());
  TenantChange change;
  if (!request.has_update_mask() || request.update_mask().paths().empty()) {
    if (!request.tenant().display_name().empty()) change.display_name = whole.display_name;
    if (!request.tenant().default_region().empty()) change.default_region = whole.default_region;
    if (!request.tenant().language_code().empty()) change.language_code = whole.language_code;
    return change;
  }
  for (const std::string& path : request.update_mask().paths()) {
    if (path == "*") {
      change = whole;
    } else if (path == "display_name") {
      change.display_name = whole.display_name;
    } else if (path == "default_region") {
      change.default_region = whole.default_region;
    } else if (path == "language_code") {
      change.language_code = whole.language_code;
    } else if (path == "name" || path == "create_time") {
      errors.Add("update_mask", reason::kReadOnly, StrCat(path, " cannot be written."));
    } else {
      errors.Add("update_mask", reason::kUnknownField, "A path of the mask is no field of a tenant.");
    }
  }
  return change;
}

}  // namespace limpid::gateway

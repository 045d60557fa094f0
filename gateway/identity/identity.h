#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/domain/tenant.h"
#include "libs/base/call.h"
#include "libs/base/ids.h"

namespace limpid::gateway {

/// What a tenant assumes where a caller says nothing.
struct TenantSettings {
  std::string default_region{kDefaultRegion};
  std::string language_code{kDefaultLanguage};
};

/// Who calls, as a key proves it, with what the doors and capture need to know of the key and its tenant.
struct Identity {
  TenantId tenant;
  Role role = Role::kNone;
  KeyId key;
  int rate_per_minute = 0;
  std::vector<std::string> origins;  ///< Only of a CAPTURE key.
  TenantSettings settings;
};

}  // namespace limpid::gateway

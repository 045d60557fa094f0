#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "libs/base/ids.h"

namespace limpid::gateway {

/// The tenant of the first operator; there from the first start.
inline constexpr std::string_view kDefaultTenant = "default";
inline constexpr std::string_view kDefaultRegion = "FR";
inline constexpr std::string_view kDefaultLanguage = "fr";

/// One company on the installation.
struct Tenant {
  TenantId id;
  std::string display_name;
  std::string default_region{kDefaultRegion};
  std::string language_code{kDefaultLanguage};
  absl::Time create_time;

  friend bool operator==(const Tenant&, const Tenant&) = default;
};

/// What a caller wants changed: absent fields stay as they are.
struct TenantChange {
  std::optional<std::string> display_name;
  std::optional<std::string> default_region;
  std::optional<std::string> language_code;

  void ApplyTo(Tenant& tenant) const;
};

/// All violations of a change, with paths inside the tenant (`default_region`).
absl::Status CheckTenantChange(const TenantChange& change);

/// 1 to 63 of `a-z0-9-`, starting with a letter.
bool IsTenantId(std::string_view id);

}  // namespace limpid::gateway

#include "gateway/domain/tenant.h"

#include <algorithm>

#include "gateway/domain/display_name.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

constexpr size_t kMaxId = 63;

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

void TenantChange::ApplyTo(Tenant& tenant) const {
  if (display_name) tenant.display_name = *display_name;
  if (default_region) tenant.default_region = *default_region;
  if (language_code) tenant.language_code = *language_code;
}

absl::Status CheckTenantChange(const TenantChange& change) {
  ErrorCollector errors;
  if (change.display_name) CheckDisplayName(*change.display_name, errors);
  if (change.default_region &&
      (change.default_region->size() != 2 || !std::ranges::all_of(*change.default_region, IsUpper))) {
    errors.Add("default_region", reason::kInvalidFormat, "Two capital letters of ISO 3166-1, such as FR.");
  }
  if (change.language_code && *change.language_code != "fr" && *change.language_code != "en") {
    errors.Add("language_code", reason::kUnknownValue, "Either fr or en.");
  }
  return errors.Finish();
}

bool IsTenantId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxId && IsLower(id.front()) &&
         std::ranges::all_of(id, [](char c) { return IsLower(c) || IsDigit(c) || c == '-'; });
}

}  // namespace limpid::gateway

#include "gateway/domain/api_key.h"

#include <algorithm>

#include "gateway/domain/display_name.h"
#include "gateway/domain/web_origin.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

constexpr size_t kMaxOrigins = 50;
constexpr int kMaxRatePerMinute = 1'000'000;

bool IsBase64Url(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

void CheckRole(Role role, ErrorCollector& errors) {
  switch (role) {
    case Role::kOperator:
    case Role::kAdmin:
    case Role::kStandard:
    case Role::kReader:
    case Role::kCapture:
      return;
    case Role::kNone:
      errors.Add("role", reason::kRequired, "Say what the key's holder may do.");
      return;
    case Role::kService:
      errors.Add("role", reason::kUnknownValue, "No key has this role.");
      return;
  }
}

void CheckOrigins(const KeyDraft& draft, ErrorCollector& errors) {
  if (draft.role != Role::kCapture) {
    if (!draft.origins.empty()) {
      errors.Add("origins", reason::kInvalidFormat, "Only keys of role CAPTURE are bound to origins.");
    }
    return;
  }
  if (draft.origins.empty()) {
    errors.Add("origins", reason::kRequired, "Name the web origins whose forms may use the key.");
  }
  if (draft.origins.size() > kMaxOrigins) {
    errors.Add("origins", reason::kTooMany, StrCat("At most ", kMaxOrigins, " origins."));
    return;
  }
  for (size_t i = 0; i < draft.origins.size(); ++i) {
    if (!IsWebOrigin(draft.origins[i])) {
      errors.Add(StrCat("origins[", i, "]"), reason::kInvalidFormat,
                 "An origin is https://, a host in lower case, and a port unless it is 443; no path.");
    }
  }
}

}  // namespace

bool IsWellFormedSecret(std::string_view secret) {
  return secret.size() == kSecretLength && secret.substr(0, kSecretStart.size()) == kSecretStart &&
         std::ranges::all_of(secret.substr(kSecretStart.size()), IsBase64Url);
}

std::string SecretPrefix(std::string_view secret) {
  return std::string(secret.substr(0, kSecretPrefixLength));
}

absl::Status CheckKeyDraft(const KeyDraft& draft) {
  ErrorCollector errors;
  CheckDisplayName(draft.display_name, errors);
  CheckRole(draft.role, errors);
  CheckOrigins(draft, errors);
  if (draft.rate_per_minute && (*draft.rate_per_minute < 1 || *draft.rate_per_minute > kMaxRatePerMinute)) {
    errors.Add("rate_per_minute", reason::kOutOfRange, StrCat("Between 1 and ", kMaxRatePerMinute, "."));
  }
  return errors.Finish();
}

absl::Status CheckMayManage(Role caller, Role key_role) {
  if (key_role == Role::kOperator && caller != Role::kOperator) {
    return PermissionDenied(reason::kRoleNotAllowed, "Only an operator manages operators' keys.");
  }
  return absl::OkStatus();
}

}  // namespace limpid::gateway

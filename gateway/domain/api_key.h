#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/base/ids.h"

namespace limpid::gateway {

/// An API key: `lk_` and 43 characters of base64url.
inline constexpr std::string_view kSecretStart = "lk_";
inline constexpr size_t kSecretLength = 46;
/// How much of a secret is kept readable, so that people can tell keys apart: 30 bits of 256.
inline constexpr size_t kSecretPrefixLength = 8;

bool IsWellFormedSecret(std::string_view secret);
std::string SecretPrefix(std::string_view secret);

/// What a caller says of a key that is to be made.
struct KeyDraft {
  std::string display_name;
  Role role = Role::kNone;
  std::vector<std::string> origins;
  std::optional<int> rate_per_minute;  ///< Absent: the gateway's setting, as it is at each moment.
};

/// All violations of a draft, with paths inside the key (`origins[2]`).
absl::Status CheckKeyDraft(const KeyDraft& draft);

/// A key as it is kept. Its secrets are kept apart, as hashes.
struct ApiKey {
  KeyId id;
  TenantId tenant;
  std::string display_name;
  Role role = Role::kNone;
  std::vector<std::string> origins;
  std::optional<int> rate_per_minute;
  std::string secret_prefix;  ///< Of the newest secret.
  absl::Time create_time;
  std::optional<absl::Time> revoke_time;
  /// Until when the secret before the last rotation is accepted.
  std::optional<absl::Time> previous_expire_time;

  friend bool operator==(const ApiKey&, const ApiKey&) = default;
};

/// PERMISSION_DENIED unless `caller` may make, renew or end a key of this role: an operator's key is an
/// operator's matter, or an admin of the operator's tenant could make himself one.
absl::Status CheckMayManage(Role caller, Role key_role);

}  // namespace limpid::gateway

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "gateway/app/identity_store.h"
#include "libs/sql/session.h"

/// Rows as values and back: what the store and its transaction have in common.
namespace limpid::gateway {

/// The columns of a key and of a tenant, in the order in which KeyAt and TenantAt read them.
#define LIMPID_KEY_COLUMNS                                                                  \
  "k.tenant, k.id, k.display_name, k.role, k.origins, k.rate_per_minute, k.secret_prefix, " \
  "k.create_time, k.revoke_time, k.previous_expire_time"
#define LIMPID_TENANT_COLUMNS "t.id, t.display_name, t.default_region, t.language_code, t.create_time"
inline constexpr size_t kKeyColumns = 10;
inline constexpr size_t kTenantColumns = 5;

ApiKey KeyAt(const sql::Row& row, size_t column = 0);
Tenant TenantAt(const sql::Row& row, size_t column = 0);
std::optional<absl::Time> OptionalTimeAt(const sql::Row& row, size_t column);

/// Origins as they are stored: one a line.
std::string JoinOrigins(const std::vector<std::string>& origins);

absl::StatusOr<ApiKey> SelectKey(sql::Session& session, const TenantId& tenant, const KeyId& id,
                                 bool for_update);
absl::StatusOr<Tenant> SelectTenant(sql::Session& session, const TenantId& id, bool for_update);
absl::StatusOr<std::optional<KeyOfSecret>> SelectSecret(sql::Session& session, const SecretHash& secret);

}  // namespace limpid::gateway

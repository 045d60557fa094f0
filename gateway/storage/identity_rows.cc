#include "gateway/storage/identity_rows.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "libs/base/error.h"
#include "libs/base/strings.h"

namespace limpid::gateway {

std::optional<absl::Time> OptionalTimeAt(const sql::Row& row, size_t column) {
  if (row.IsNull(column)) return std::nullopt;
  return row.Time(column);
}

ApiKey KeyAt(const sql::Row& row, size_t column) {
  ApiKey key;
  key.tenant = TenantId(std::string(row.Text(column)));
  key.id = KeyId(std::string(row.Text(column + 1)));
  key.display_name = row.Text(column + 2);
  key.role = RoleFromName(row.Text(column + 3)).value_or(Role::kNone);
  key.origins = absl::StrSplit(Absl(row.Text(column + 4)), '\n', absl::SkipEmpty());
  if (!row.IsNull(column + 5)) key.rate_per_minute = static_cast<int>(row.Int(column + 5));
  key.secret_prefix = row.Text(column + 6);
  key.create_time = row.Time(column + 7);
  key.revoke_time = OptionalTimeAt(row, column + 8);
  key.previous_expire_time = OptionalTimeAt(row, column + 9);
  return key;
}

Tenant TenantAt(const sql::Row& row, size_t column) {
  return {.id = TenantId(std::string(row.Text(column))),
          .display_name = std::string(row.Text(column + 1)),
          .default_region = std::string(row.Text(column + 2)),
          .language_code = std::string(row.Text(column + 3)),
          .create_time = row.Time(column + 4)};
}

std::string JoinOrigins(const std::vector<std::string>& origins) { return absl::StrJoin(origins, "\n"); }

absl::StatusOr<ApiKey> SelectKey(sql::Session& session, const TenantId& tenant, const KeyId& id,
                                 bool for_update) {
  constexpr std::string_view kSelect =
      "SELECT " LIMPID_KEY_COLUMNS " FROM api_keys k WHERE k.tenant = ? AND k.id = ?";
  constexpr std::string_view kSelectForUpdate =
      "SELECT " LIMPID_KEY_COLUMNS " FROM api_keys k WHERE k.tenant = ? AND k.id = ? {for_update}";
  const auto rows = session.Query(for_update ? kSelectForUpdate : kSelect, tenant.value(), id.value());
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return NotFound("key", id.value());
  return KeyAt(rows->front());
}

absl::StatusOr<Tenant> SelectTenant(sql::Session& session, const TenantId& id, bool for_update) {
  constexpr std::string_view kSelect = "SELECT " LIMPID_TENANT_COLUMNS " FROM tenants t WHERE t.id = ?";
  constexpr std::string_view kSelectForUpdate =
      "SELECT " LIMPID_TENANT_COLUMNS " FROM tenants t WHERE t.id = ? {for_update}";
  const auto rows = session.Query(for_update ? kSelectForUpdate : kSelect, id.value());
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return NotFound("tenant", id.value());
  return TenantAt(rows->front());
}

absl::StatusOr<std::optional<KeyOfSecret>> SelectSecret(sql::Session& session, const SecretHash& secret) {
  const auto rows = session.Query("SELECT " LIMPID_KEY_COLUMNS ", " LIMPID_TENANT_COLUMNS
                                  ", s.expire_time "
                                  "FROM key_secrets s "
                                  "JOIN api_keys k ON k.tenant = s.tenant AND k.id = s.key_id "
                                  "JOIN tenants t ON t.id = s.tenant WHERE s.hash = ?",
                                  sql::Blob{secret.view()});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::nullopt;
  const sql::Row row = rows->front();
  return KeyOfSecret{.key = KeyAt(row),
                     .tenant = TenantAt(row, kKeyColumns),
                     .secret_expire_time = OptionalTimeAt(row, kKeyColumns + kTenantColumns)};
}

}  // namespace limpid::gateway

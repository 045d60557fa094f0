#include "gateway/storage/sql_identity_transaction.h"

#include <array>
#include <string>
#include <string_view>

#include "absl/strings/escaping.h"

#include "gateway/storage/identity_rows.h"
#include "libs/base/strings.h"

namespace limpid::gateway {

absl::StatusOr<ApiKey> SqlIdentityTransaction::GetKey(const TenantId& tenant, const KeyId& id) {
  return SelectKey(session_, tenant, id, true);
}

absl::Status SqlIdentityTransaction::InsertKey(const ApiKey& key, const SecretHash& secret) {
  const auto inserted = session_.Execute(
      "INSERT INTO api_keys (tenant, id, display_name, role, origins, rate_per_minute, secret_prefix, "
      "create_time, revoke_time, previous_expire_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      key.tenant.value(), key.id.value(), key.display_name, RoleName(key.role), JoinOrigins(key.origins),
      key.rate_per_minute, key.secret_prefix, key.create_time, key.revoke_time, key.previous_expire_time);
  if (!inserted.ok()) return inserted.status();
  return InsertSecret(key, secret);
}

absl::Status SqlIdentityTransaction::UpdateKey(const ApiKey& key) {
  return session_
      .Execute(
          "UPDATE api_keys SET display_name = ?, role = ?, origins = ?, rate_per_minute = ?, "
          "secret_prefix = ?, revoke_time = ?, previous_expire_time = ? WHERE tenant = ? AND id = ?",
          key.display_name, RoleName(key.role), JoinOrigins(key.origins), key.rate_per_minute,
          key.secret_prefix, key.revoke_time, key.previous_expire_time, key.tenant.value(), key.id.value())
      .status();
}

absl::Status SqlIdentityTransaction::ReplaceSecret(const ApiKey& key, const SecretHash& secret,
                                                   absl::Time until, absl::Time forget) {
  const auto forgotten =
      session_.Execute("DELETE FROM key_secrets WHERE tenant = ? AND key_id = ? AND expire_time < ?",
                       key.tenant.value(), key.id.value(), forget);
  if (!forgotten.ok()) return forgotten.status();
  const auto ended = session_.Execute(
      "UPDATE key_secrets SET expire_time = ? "
      "WHERE tenant = ? AND key_id = ? AND (expire_time IS NULL OR expire_time > ?)",
      until, key.tenant.value(), key.id.value(), until);
  if (!ended.ok()) return ended.status();
  return InsertSecret(key, secret);
}

absl::StatusOr<std::optional<KeyOfSecret>> SqlIdentityTransaction::FindSecret(const SecretHash& secret) {
  return SelectSecret(session_, secret);
}

absl::StatusOr<bool> SqlIdentityTransaction::HasOperator() {
  // Two gateways that start at once must not both find none.
  constexpr std::array<std::string_view, 1> kLock = {"operators"};
  if (absl::Status status = session_.Lock(kLock); !status.ok()) return status;
  const auto rows = session_.Query("SELECT 1 FROM api_keys WHERE role = ? AND revoke_time IS NULL LIMIT 1",
                                   RoleName(Role::kOperator));
  if (!rows.ok()) return rows.status();
  return !rows->empty();
}

absl::StatusOr<Tenant> SqlIdentityTransaction::GetTenant(const TenantId& id) {
  return SelectTenant(session_, id, true);
}

absl::StatusOr<bool> SqlIdentityTransaction::InsertTenant(const Tenant& tenant) {
  const auto inserted = session_.Execute(
      "INSERT INTO tenants (id, display_name, default_region, language_code, create_time) "
      "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      tenant.id.value(), tenant.display_name, tenant.default_region, tenant.language_code,
      tenant.create_time);
  if (!inserted.ok()) return inserted.status();
  return *inserted > 0;
}

absl::Status SqlIdentityTransaction::UpdateTenant(const Tenant& tenant) {
  return session_
      .Execute("UPDATE tenants SET display_name = ?, default_region = ?, language_code = ? WHERE id = ?",
               tenant.display_name, tenant.default_region, tenant.language_code, tenant.id.value())
      .status();
}

absl::StatusOr<std::optional<KeptAnswer>> SqlIdentityTransaction::FindAnswer(const TenantId& tenant,
                                                                             std::string_view id,
                                                                             absl::Time now) {
  const std::string name = StrCat("answer/", tenant.value(), "/", absl::BytesToHexString(Absl(id)));
  const std::array<std::string_view, 1> lock = {name};
  if (absl::Status status = session_.Lock(lock); !status.ok()) return status;
  const auto rows = session_.Query(
      "SELECT digest, sealed, expire_time FROM kept_answers WHERE tenant = ? AND id = ? AND expire_time > ?",
      tenant.value(), sql::Blob{id}, now);
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::nullopt;
  const sql::Row row = rows->front();
  return KeptAnswer{
      .digest = std::string(row.Text(0)), .sealed = std::string(row.Text(1)), .expire_time = row.Time(2)};
}

absl::Status SqlIdentityTransaction::KeepAnswer(const TenantId& tenant, std::string_view id,
                                                const KeptAnswer& answer, absl::Time now) {
  const auto forgotten = session_.Execute("DELETE FROM kept_answers WHERE expire_time <= ?", now);
  if (!forgotten.ok()) return forgotten.status();
  return session_
      .Execute("INSERT INTO kept_answers (tenant, id, digest, sealed, expire_time) VALUES (?, ?, ?, ?, ?)",
               tenant.value(), sql::Blob{id}, answer.digest, sql::Blob{answer.sealed}, answer.expire_time)
      .status();
}

absl::Status SqlIdentityTransaction::InsertSecret(const ApiKey& key, const SecretHash& secret) {
  return session_
      .Execute("INSERT INTO key_secrets (hash, tenant, key_id) VALUES (?, ?, ?)", sql::Blob{secret.view()},
               key.tenant.value(), key.id.value())
      .status();
}

}  // namespace limpid::gateway

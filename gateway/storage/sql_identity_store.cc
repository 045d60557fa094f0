#include "gateway/storage/sql_identity_store.h"

#include <utility>

#include "gateway/storage/identity_rows.h"
#include "gateway/storage/sql_identity_transaction.h"

namespace limpid::gateway {
namespace {

/// Runs a reading function of one answer.
template <class Answer>
absl::StatusOr<Answer> ReadOne(sql::Database& database, const Call& call,
                               absl::FunctionRef<absl::StatusOr<Answer>(sql::Session&)> read) {
  absl::StatusOr<Answer> answer = absl::UnknownError("not read");
  const absl::Status status = database.Read(call, [&](sql::Session& session) {
    answer = read(session);
    return answer.status();
  });
  if (!status.ok()) return status;
  return answer;
}

}  // namespace

absl::StatusOr<std::optional<KeyOfSecret>> SqlIdentityStore::FindSecret(const Call& call,
                                                                        const SecretHash& secret) {
  return ReadOne<std::optional<KeyOfSecret>>(
      database_, call, [&](sql::Session& session) { return SelectSecret(session, secret); });
}

absl::StatusOr<ApiKey> SqlIdentityStore::GetKey(const Call& call, const TenantId& tenant, const KeyId& id) {
  return ReadOne<ApiKey>(database_, call,
                         [&](sql::Session& session) { return SelectKey(session, tenant, id, false); });
}

absl::StatusOr<std::vector<ApiKey>> SqlIdentityStore::ListKeys(const Call& call, const TenantId& tenant,
                                                               const KeyId& after, int limit) {
  return ReadOne<std::vector<ApiKey>>(
      database_, call, [&](sql::Session& session) -> absl::StatusOr<std::vector<ApiKey>> {
        // Ids begin with the time of their making.
        constexpr std::string_view kFirst =
            "SELECT " LIMPID_KEY_COLUMNS " FROM api_keys k WHERE k.tenant = ? ORDER BY k.id DESC LIMIT ?";
        constexpr std::string_view kNext =
            "SELECT " LIMPID_KEY_COLUMNS
            " FROM api_keys k WHERE k.tenant = ? AND k.id < ? ORDER BY k.id DESC LIMIT ?";
        const auto rows = after.empty() ? session.Query(kFirst, tenant.value(), limit)
                                        : session.Query(kNext, tenant.value(), after.value(), limit);
        if (!rows.ok()) return rows.status();
        std::vector<ApiKey> keys;
        keys.reserve(rows->size());
        for (const sql::Row row : *rows) keys.push_back(KeyAt(row));
        return keys;
      });
}

absl::StatusOr<Tenant> SqlIdentityStore::GetTenant(const Call& call, const TenantId& id) {
  return ReadOne<Tenant>(database_, call,
                         [&](sql::Session& session) { return SelectTenant(session, id, false); });
}

absl::StatusOr<std::vector<Tenant>> SqlIdentityStore::ListTenants(const Call& call, const TenantId& after,
                                                                  int limit) {
  return ReadOne<std::vector<Tenant>>(
      database_, call, [&](sql::Session& session) -> absl::StatusOr<std::vector<Tenant>> {
        const auto rows = session.Query("SELECT " LIMPID_TENANT_COLUMNS
                                        " FROM tenants t WHERE t.id > ? ORDER BY t.id LIMIT ?",
                                        after.value(), limit);
        if (!rows.ok()) return rows.status();
        std::vector<Tenant> tenants;
        tenants.reserve(rows->size());
        for (const sql::Row row : *rows) tenants.push_back(TenantAt(row));
        return tenants;
      });
}

absl::StatusOr<int64_t> SqlIdentityStore::Version(const Call& call) {
  return ReadOne<int64_t>(database_, call, [&](sql::Session& session) -> absl::StatusOr<int64_t> {
    const auto rows = session.Query("SELECT version FROM identity_version");
    if (!rows.ok()) return rows.status();
    return rows->empty() ? 0 : rows->front().Int(0);
  });
}

absl::Status SqlIdentityStore::Write(const Call& call,
                                     absl::FunctionRef<absl::Status(IdentityTransaction&)> work) {
  return database_.Write(call, [&](sql::Session& session) -> absl::Status {
    SqlIdentityTransaction transaction(session);
    if (absl::Status status = work(transaction); !status.ok()) return status;
    return session.Execute("UPDATE identity_version SET version = version + 1").status();
  });
}

}  // namespace limpid::gateway

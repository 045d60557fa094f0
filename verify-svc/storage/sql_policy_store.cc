#include "verify-svc/storage/sql_policy_store.h"

#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

// What ReadStored reads, in its order.
#define LIMPID_POLICY_COLUMNS                                                                          \
  "tenant, version, update_time, allow_callouts, admit_quoted, known_domains, allowed_calling_codes, " \
  "denied_calling_codes, allowed_regions, denied_regions, denied_types, providers, daily_lookups, "    \
  "daily_messages, allow_voip"

std::vector<std::string> Words(std::string_view joined) {
  return absl::StrSplit(Absl(joined), ',', absl::SkipEmpty());
}

std::vector<int> Numbers(std::string_view joined) {
  std::vector<int> numbers;
  for (const std::string& word : Words(joined)) {
    if (int number = 0; absl::SimpleAtoi(word, &number)) numbers.push_back(number);
  }
  return numbers;
}

template <class Values>
std::string Joined(const Values& values) {
  return absl::StrJoin(values, ",");
}

PolicyStore::Stored ReadStored(const sql::Row& row) {
  PolicyStore::Stored stored{.tenant = TenantId(std::string(row.Text(0)))};
  Policy& policy = stored.policy;
  policy.version = row.Int(1);
  policy.update_time = row.Time(2);
  policy.email = {
      .allow_callouts = row.Bool(3), .admit_quoted = row.Bool(4), .known_domains = Words(row.Text(5))};
  policy.phone = {.allowed_calling_codes = Numbers(row.Text(6)),
                  .denied_calling_codes = Numbers(row.Text(7)),
                  .allowed_regions = Words(row.Text(8)),
                  .denied_regions = Words(row.Text(9)),
                  .denied_types = Words(row.Text(10)),
                  .providers = Words(row.Text(11)),
                  .daily_lookups = static_cast<int>(row.Int(12))};
  policy.challenges = {.daily_messages = static_cast<int>(row.Int(13)), .allow_voip = row.Bool(14)};
  return stored;
}

absl::StatusOr<Policy> Load(sql::Session& session, const TenantId& tenant) {
  const absl::StatusOr<sql::Rows> rows =
      session.Query("SELECT " LIMPID_POLICY_COLUMNS " FROM policies WHERE tenant = ?", tenant.value());
  if (!rows.ok()) return rows.status();
  return rows->empty() ? Policy() : ReadStored(rows->front()).policy;
}

absl::Status Save(sql::Session& session, const TenantId& tenant, const Policy& policy) {
  const std::string known_domains = Joined(policy.email.known_domains);
  const std::string allowed_codes = Joined(policy.phone.allowed_calling_codes);
  const std::string denied_codes = Joined(policy.phone.denied_calling_codes);
  const std::string allowed_regions = Joined(policy.phone.allowed_regions);
  const std::string denied_regions = Joined(policy.phone.denied_regions);
  const std::string denied_types = Joined(policy.phone.denied_types);
  const std::string providers = Joined(policy.phone.providers);
  return session
      .Execute("INSERT INTO policies (" LIMPID_POLICY_COLUMNS
               ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
               "ON CONFLICT (tenant) DO UPDATE SET version = excluded.version, "
               "update_time = excluded.update_time, allow_callouts = excluded.allow_callouts, "
               "admit_quoted = excluded.admit_quoted, known_domains = excluded.known_domains, "
               "allowed_calling_codes = excluded.allowed_calling_codes, "
               "denied_calling_codes = excluded.denied_calling_codes, "
               "allowed_regions = excluded.allowed_regions, denied_regions = excluded.denied_regions, "
               "denied_types = excluded.denied_types, providers = excluded.providers, "
               "daily_lookups = excluded.daily_lookups, daily_messages = excluded.daily_messages, "
               "allow_voip = excluded.allow_voip",
               tenant.value(), policy.version, policy.update_time, policy.email.allow_callouts,
               policy.email.admit_quoted, known_domains, allowed_codes, denied_codes, allowed_regions,
               denied_regions, denied_types, providers, policy.phone.daily_lookups,
               policy.challenges.daily_messages, policy.challenges.allow_voip)
      .status();
}

}  // namespace

absl::StatusOr<Policy> SqlPolicyStore::Get(const Call& call) {
  absl::StatusOr<Policy> policy;
  const absl::Status status = database_.Read(call, [&](sql::Session& session) {
    policy = Load(session, call.tenant);
    return policy.status();
  });
  if (!status.ok()) return status;
  return policy;
}

absl::StatusOr<Policy> SqlPolicyStore::Change(const Call& call, absl::Time now,
                                              absl::FunctionRef<absl::Status(Policy&)> change) {
  Policy changed;
  const absl::Status status = database_.Write(call, [&](sql::Session& session) -> absl::Status {
    const absl::StatusOr<sql::Rows> version =
        session.Query("UPDATE policy_version SET version = version + 1 WHERE one = 1 RETURNING version");
    if (!version.ok()) return version.status();
    absl::StatusOr<Policy> policy = Load(session, call.tenant);
    if (!policy.ok()) return policy.status();
    if (absl::Status refused = change(*policy); !refused.ok()) return refused;
    policy->version = version->front().Int(0);
    policy->update_time = absl::FromUnixMicros(absl::ToUnixMicros(now));  // as it is read back
    changed = *std::move(policy);
    return Save(session, call.tenant, changed);
  });
  if (!status.ok()) return status;
  return changed;
}

absl::StatusOr<std::vector<PolicyStore::Stored>> SqlPolicyStore::ChangedAfter(const Call& call,
                                                                              int64_t version, int limit) {
  std::vector<Stored> changed;
  const absl::Status status = database_.Read(call, [&](sql::Session& session) {
    const absl::StatusOr<sql::Rows> rows = session.Query(
        "SELECT " LIMPID_POLICY_COLUMNS " FROM policies WHERE version > ? ORDER BY version LIMIT ?", version,
        limit);
    if (!rows.ok()) return rows.status();
    changed.clear();
    for (const sql::Row row : *rows) changed.push_back(ReadStored(row));
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return changed;
}

}  // namespace limpid::verify

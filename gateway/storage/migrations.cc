#include "gateway/storage/migrations.h"

#include <array>

namespace limpid::gateway {
namespace {

constexpr std::array kMigrations = {
    sql::Migration{.version = 1, .name = "keys and tenants", .sql = R"sql(
      CREATE TABLE tenants (
        id {text} NOT NULL PRIMARY KEY,
        display_name {text} NOT NULL,
        default_region {text} NOT NULL,
        language_code {text} NOT NULL,
        create_time BIGINT NOT NULL
      ) {without_rowid};

      CREATE TABLE api_keys (
        tenant {text} NOT NULL,
        id {text} NOT NULL,
        display_name {text} NOT NULL,
        role {text} NOT NULL,
        origins {text} NOT NULL, -- one a line
        rate_per_minute BIGINT,
        secret_prefix {text} NOT NULL,
        create_time BIGINT NOT NULL,
        revoke_time BIGINT,
        previous_expire_time BIGINT,
        PRIMARY KEY (tenant, id)
      ) {without_rowid};

      CREATE TABLE key_secrets (
        hash {blob} NOT NULL PRIMARY KEY,
        tenant {text} NOT NULL,
        key_id {text} NOT NULL,
        expire_time BIGINT
      ) {without_rowid};
      CREATE INDEX key_secrets_by_key ON key_secrets (tenant, key_id);

      -- What was answered under an idempotency key, sealed under that key.
      CREATE TABLE kept_answers (
        tenant {text} NOT NULL,
        id {blob} NOT NULL,
        digest {text} NOT NULL,
        sealed {blob} NOT NULL,
        expire_time BIGINT NOT NULL,
        PRIMARY KEY (tenant, id)
      ) {without_rowid};
      CREATE INDEX kept_answers_by_expire_time ON kept_answers (expire_time);

      -- One row, moved on by every write: gateways ask it whether what they keep in memory still holds.
      CREATE TABLE identity_version (version BIGINT NOT NULL);
      INSERT INTO identity_version (version) VALUES (0);
    )sql"},
};

}  // namespace

std::span<const sql::Migration> Migrations() { return kMigrations; }

}  // namespace limpid::gateway

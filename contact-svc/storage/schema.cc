#include "contact-svc/storage/schema.h"

#include <array>

#include "libs/sql/outbox.h"

namespace limpid::contact {
namespace {

// A contact is one record, read as a whole; beside it stand only the columns that lists filter and order by.
// What it is found under lies in contact_keys, one index for all kinds. External ids (kind 3) are unique.
constexpr std::string_view kContacts =
    "CREATE TABLE contacts (row_id {identity}, tenant {text} NOT NULL, id {text} NOT NULL, "
    "version BIGINT NOT NULL, create_time BIGINT NOT NULL, update_time BIGINT NOT NULL, "
    "given_key {text} NOT NULL, family_key {text} NOT NULL, record {blob} NOT NULL); "
    "CREATE UNIQUE INDEX contacts_id ON contacts (tenant, id); "
    "CREATE INDEX contacts_create_time ON contacts (tenant, create_time, row_id); "
    "CREATE INDEX contacts_update_time ON contacts (tenant, update_time, row_id); "
    "CREATE INDEX contacts_family_key ON contacts (tenant, family_key, row_id); "
    "CREATE TABLE contact_keys (tenant {text} NOT NULL, kind BIGINT NOT NULL, match_key {text} NOT NULL, "
    "row_id BIGINT NOT NULL, PRIMARY KEY (tenant, kind, match_key, row_id)) {without_rowid}; "
    "CREATE UNIQUE INDEX contact_keys_unique ON contact_keys (tenant, match_key) WHERE kind = 3";

constexpr std::string_view kHeldCaptures =
    "CREATE TABLE held_captures (row_id {identity}, tenant {text} NOT NULL, id {text} NOT NULL, "
    "create_time BIGINT NOT NULL, record {blob} NOT NULL); "
    "CREATE UNIQUE INDEX held_captures_id ON held_captures (tenant, id); "
    "CREATE INDEX held_captures_order ON held_captures (tenant, row_id)";

constexpr std::string_view kIdempotencyKeys =
    "CREATE TABLE idempotency_keys (tenant {text} NOT NULL, idempotency_key {text} NOT NULL, "
    "operation {text} NOT NULL, digest {blob} NOT NULL, subject {text} NOT NULL, expire_time BIGINT NOT "
    "NULL, "
    "record {blob} NOT NULL, PRIMARY KEY (tenant, idempotency_key)); "
    "CREATE INDEX idempotency_keys_subject ON idempotency_keys (tenant, subject); "
    "CREATE INDEX idempotency_keys_expire_time ON idempotency_keys (expire_time)";

constexpr std::array kMigrations = {
    sql::Migration{.version = 1, .name = "contacts", .sql = kContacts},
    sql::Migration{.version = 2, .name = "held captures", .sql = kHeldCaptures},
    sql::Migration{.version = 3, .name = "idempotency keys", .sql = kIdempotencyKeys},
    sql::Migration{.version = 4,
                   .name = "outbox",
                   .sql = sql::Outbox::kSchema,
                   .postgres_sql = sql::Outbox::kPostgresSchema},
};

}  // namespace

std::span<const sql::Migration> Migrations() { return kMigrations; }

}  // namespace limpid::contact

#include "verify-svc/storage/schema.h"

namespace limpid::verify {
namespace {

constexpr sql::Migration kMigrations[] = {
    // Lists are joined by commas, which no item of theirs can hold. `policy_version` has one row, which every
    // writer locks: versions are seen in the order in which they were given out.
    {.version = 1, .name = "policies", .sql = R"(
CREATE TABLE policies (
  tenant {text} NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  allow_callouts BIGINT NOT NULL,
  admit_quoted BIGINT NOT NULL,
  known_domains {text} NOT NULL,
  allowed_calling_codes {text} NOT NULL,
  denied_calling_codes {text} NOT NULL,
  allowed_regions {text} NOT NULL,
  denied_regions {text} NOT NULL,
  denied_types {text} NOT NULL,
  providers {text} NOT NULL,
  daily_lookups BIGINT NOT NULL,
  daily_messages BIGINT NOT NULL,
  allow_voip BIGINT NOT NULL
);
CREATE UNIQUE INDEX policies_by_version ON policies (version);
CREATE TABLE policy_version (
  one BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
);
INSERT INTO policy_version (one, version) VALUES (1, 0)
)"},
    // Numbers are keyed hashes. An entry of the history begins when a number is first seen with an
    // assignment,
    // and `seen_time` moves on while it keeps it. `day` counts from the epoch (UTC). `used_callbacks` holds
    // the
    // tokens that must not be taken again while they are still valid.
    {.version = 2, .name = "numbers", .sql = R"(
CREATE TABLE number_history (
  tenant {text} NOT NULL,
  number {text} NOT NULL,
  since_time BIGINT NOT NULL,
  seen_time BIGINT NOT NULL,
  record {blob} NOT NULL,
  PRIMARY KEY (tenant, number, since_time)
) {without_rowid};
CREATE INDEX number_history_by_age ON number_history (seen_time);
CREATE TABLE lookup_budgets (
  tenant {text} NOT NULL,
  day BIGINT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (tenant, day)
) {without_rowid};
CREATE TABLE used_callbacks (
  id {text} NOT NULL PRIMARY KEY,
  expire_time BIGINT NOT NULL
) {without_rowid};
CREATE INDEX used_callbacks_by_age ON used_callbacks (expire_time);
CREATE TABLE kept_keys (
  name {text} NOT NULL PRIMARY KEY,
  secret {text} NOT NULL
)
)"},
};

}  // namespace

std::span<const sql::Migration> Migrations() { return kMigrations; }

}  // namespace limpid::verify

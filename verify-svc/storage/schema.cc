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
    // No column holds a code or a link. `prefix_tag` and `scope` stand for numbers and addresses by a keyed
    // hash.
    {.version = 3, .name = "challenges", .sql = R"(
CREATE TABLE challenges (
  tenant {text} NOT NULL,
  id {text} NOT NULL,
  channel {text} NOT NULL,
  destination {text} NOT NULL,
  region_code {text} NOT NULL,
  prefix_tag {text} NOT NULL,
  purpose {text} NOT NULL,
  language {text} NOT NULL,
  brand {text} NOT NULL,
  autofill_host {text} NOT NULL,
  notice_version {text} NOT NULL,
  source {text} NOT NULL,
  seed {blob} NOT NULL,
  code_hash {blob} NOT NULL,
  link_hash {blob},
  state {text} NOT NULL,
  delivery {text} NOT NULL,
  tries BIGINT NOT NULL,
  sends BIGINT NOT NULL,
  create_time BIGINT NOT NULL,
  expire_time BIGINT NOT NULL,
  resend_time BIGINT NOT NULL,
  approve_time BIGINT,
  approve_address {text} NOT NULL,
  idempotency_key {text},
  request_digest {blob} NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX challenges_by_link ON challenges (link_hash);
CREATE UNIQUE INDEX challenges_by_key ON challenges (tenant, idempotency_key);
CREATE INDEX challenges_by_region ON challenges (tenant, region_code, create_time);
CREATE INDEX challenges_by_prefix ON challenges (tenant, prefix_tag, create_time);
CREATE INDEX challenges_by_expiry ON challenges (expire_time);
CREATE TABLE allowances (
  scope {text} NOT NULL,
  window_start BIGINT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (scope, window_start)
);
CREATE INDEX allowances_by_window ON allowances (window_start)
)"},
    {.version = 4,
     .name = "challenges in the making",
     .sql = "ALTER TABLE challenges ADD COLUMN key_busy_until BIGINT"},
};

}  // namespace

std::span<const sql::Migration> Migrations() { return kMigrations; }

}  // namespace limpid::verify

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
};

}  // namespace

std::span<const sql::Migration> Migrations() { return kMigrations; }

}  // namespace limpid::verify

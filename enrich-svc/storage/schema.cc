#include "enrich-svc/storage/schema.h"

namespace limpid::enrich {
namespace {

constexpr sql::Migration kMigrations[] = {
    // `due_time` is when a worker may take the run: its next attempt, or the end of the lease of the worker
    // that has
    // it; null once it has ended. `watch` has one row, for the whole installation.
    {.version = 1, .name = "runs, scenarios, watch", .sql = R"(
CREATE TABLE runs (
  tenant {text} NOT NULL,
  id {text} NOT NULL,
  scenario {text} NOT NULL,
  contact {text} NOT NULL,
  state {text} NOT NULL,
  attempts BIGINT NOT NULL,
  due_time BIGINT,
  filled_fields {text} NOT NULL,
  error_reason {text} NOT NULL,
  create_time BIGINT NOT NULL,
  end_time BIGINT,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX runs_due ON runs (due_time) WHERE due_time IS NOT NULL;
CREATE INDEX runs_ended ON runs (end_time) WHERE end_time IS NOT NULL;
CREATE INDEX runs_newest ON runs (tenant, create_time, id);
CREATE INDEX runs_of_contact ON runs (tenant, contact, create_time, id);
CREATE TABLE scenario_choices (
  tenant {text} NOT NULL,
  scenario {text} NOT NULL,
  state {text} NOT NULL,
  update_time BIGINT NOT NULL,
  PRIMARY KEY (tenant, scenario)
);
CREATE TABLE watch (
  one BIGINT NOT NULL PRIMARY KEY,
  replica {text} NOT NULL,
  lease_until BIGINT NOT NULL,
  cursor {text}
);
INSERT INTO watch (one, replica, lease_until) VALUES (1, '', 0)
)"},
};

}  // namespace

std::span<const sql::Migration> Migrations() { return kMigrations; }

}  // namespace limpid::enrich

#pragma once

#include <span>

#include "libs/sql/migration.h"

namespace limpid::enrich {

/// The steps that make the tables of enrich-svc, for sql::Migrate.
std::span<const sql::Migration> Migrations();

}  // namespace limpid::enrich

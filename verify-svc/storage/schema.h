#pragma once

#include <span>

#include "libs/sql/migration.h"

namespace limpid::verify {

/// The steps that make the tables of verify-svc, for sql::Migrate.
std::span<const sql::Migration> Migrations();

}  // namespace limpid::verify

#pragma once

#include <span>

#include "libs/sql/migration.h"

namespace limpid::gateway {

/// The steps of the gateway's schema.
std::span<const sql::Migration> Migrations();

}  // namespace limpid::gateway

#pragma once

#include <span>

#include "libs/sql/migration.h"

namespace limpid::contact {

/// The steps of contact-svc's schema, for both databases. A step that was released is only ever followed.
std::span<const sql::Migration> Migrations();

}  // namespace limpid::contact

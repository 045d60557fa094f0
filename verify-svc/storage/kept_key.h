#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "libs/base/random.h"
#include "libs/sql/database.h"

namespace limpid::verify {

/// A secret of this installation that nobody chose: made at the first ask, the same for all replicas and
/// after a restart. It lies in the database beside what it protects, so it keeps a log or a cache from
/// telling whose entry it holds, and not a copy of the database.
absl::StatusOr<std::string> KeptKey(sql::Database& database, const Call& call, std::string_view name,
                                    Random& random);

}  // namespace limpid::verify

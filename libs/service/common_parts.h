#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "libs/base/settings.h"
#include "libs/rpc/principal.h"
#include "libs/rpc/tls.h"

/// What the wiring of every service reads from the common settings, the same way.
namespace limpid {

/// The folder of lists and tables: `data_dir`, else the one shipped with the program
/// (`../share/limpid/data` beside it, or the source tree's). INVALID_ARGUMENT when there is none.
absl::StatusOr<std::string> DataFolder(const Settings& settings);

/// Where a service (`contact`) keeps its data, as libs/sql reads it: `<service>.database_url`, else
/// `database_url`, else `sqlite:<state_dir>/<service>.db`. On a PostgreSQL shared by all services each uses
/// the schema of its name; a SQLite file is one service's own, so a shared `sqlite:PATH` names a folder.
std::string DatabaseUrl(const Settings& settings, std::string_view service);
/// The setting that decided it: `contact.database_url`, `database_url` or `state_dir`.
std::string DatabaseSetting(const Settings& settings, std::string_view service);

/// The keys that sign and verify principals. INVALID_ARGUMENT when `internal_key` is empty: a service on
/// its own would believe nobody.
absl::StatusOr<rpc::PrincipalKeys> InternalKeys(const Settings& settings);

/// Files of the mTLS between services; empty when it is off.
rpc::TlsFiles InternalTls(const Settings& settings);

}  // namespace limpid

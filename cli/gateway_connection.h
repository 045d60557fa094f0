#pragma once

#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "cli/arguments.h"
#include "libs/rpc/client.h"

namespace limpid::cli {

/// The flags by which a subcommand finds the gateway: --address, --key-file, --tls, --tls-ca-file.
std::span<const Flag> ConnectionFlags();

/// The gateway as a caller from outside. The key comes from --key-file, LIMPID_KEY, LIMPID_KEY_FILE,
/// LIMPID_BOOTSTRAP_KEY, LIMPID_BOOTSTRAP_KEY_FILE, else `admin.key` in the state folder (LIMPID_STATE_DIR,
/// `var`). The services' own settings are not read: a client may run where there is no service.
absl::StatusOr<rpc::Peer> ConnectGateway(const Arguments& arguments);

/// Says on stderr what went wrong, with all violations, and what to do about it. Returns the exit code.
int Complain(const absl::Status& error);

}  // namespace limpid::cli

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/base/metrics.h"
#include "libs/rpc/door.h"

namespace limpid::rpc {

/// INTERNAL, UNKNOWN and DATA_LOSS: what a caller cannot cause and should not see the inside of.
bool IsOurFault(absl::StatusCode code);

/// Counts calls by method and code, and measures their time: `limpid_rpc_server_calls_total`,
/// `limpid_rpc_server_seconds`. `server` (`gateway`, `contact`) keeps apart the servers of one process: a
/// call that the gateway passes on is counted by both.
CallObserverFactory CountCalls(std::shared_ptr<MetricsRegistry> metrics, std::string server);

/// Writes a line for each call that failed by a fault of ours (INTERNAL, UNKNOWN, DATA_LOSS); the others are
/// counted.
CallObserverFactory LogCalls();

/// What every door of the suite has.
std::vector<CallObserverFactory> StandardObservers(std::shared_ptr<MetricsRegistry> metrics,
                                                   std::string server);

}  // namespace limpid::rpc

#pragma once

#include <memory>
#include <vector>

#include "libs/base/metrics.h"
#include "libs/rpc/door.h"

namespace limpid::rpc {

/// INTERNAL, UNKNOWN and DATA_LOSS: what a caller cannot cause and should not see the inside of.
bool IsOurFault(absl::StatusCode code);

/// Counts calls by method and code, and measures their time: `limpid_rpc_server_calls_total`,
/// `limpid_rpc_server_seconds`.
CallObserverFactory CountCalls(std::shared_ptr<MetricsRegistry> metrics);

/// Writes a line for each call that failed by a fault of ours (INTERNAL, UNKNOWN, DATA_LOSS); the others are
/// counted.
CallObserverFactory LogCalls();

/// What every door of the suite has.
std::vector<CallObserverFactory> StandardObservers(std::shared_ptr<MetricsRegistry> metrics);

}  // namespace limpid::rpc

#pragma once

#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

#include "libs/http/server.h"

namespace limpid::http {

/// What the operations port tells about a process. The functions are called on the server's threads, from
/// several at once, and must not block.
struct OpsSources {
  /// OK: send traffic. Else why not, in words that a person on duty understands.
  absl::AnyInvocable<absl::Status() const> ready;
  /// Prometheus text, version 0.0.4.
  absl::AnyInvocable<std::string() const> metrics;
};

/// Serves `/livez` (the process answers; never looks at anything else, for a dead dependency must not restart
/// it), `/readyz` (200, or 503 with the reason) and `/metrics`. Thread-safe.
std::shared_ptr<Handler> MakeOpsHandler(OpsSources sources);

}  // namespace limpid::http

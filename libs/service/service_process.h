#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/metrics.h"
#include "libs/base/settings.h"

namespace limpid {

/// The parts of a service while they run. Made by its wiring.
class ServiceParts {
 public:
  virtual ~ServiceParts() = default;
  /// OK: send traffic; else why not. Asked by /readyz on any thread; must not block.
  virtual absl::Status Ready() const = 0;
  /// Named ports that were bound (`grpc`, `http`), for the line that says that the service serves.
  virtual std::vector<std::pair<std::string_view, int>> Ports() const = 0;
  /// SIGHUP: reads certificates and lists again. What cannot be read leaves the old in force, with a log
  /// line.
  virtual void Reload() {}
  /// Readiness is off: health says so too, new calls are still accepted.
  virtual void AnnounceDrain() = 0;
  /// Shuts the doors, lets running calls finish for at most `grace`; jobs save their place. Blocks.
  virtual void Drain(absl::Duration grace) = 0;
};

/// What a program is, for the run around its parts.
struct ServiceProgram {
  std::string name;                                  ///< `verify-svc`; the key `svc` of its logs.
  std::string summary;                               ///< One sentence for --help.
  std::vector<std::string> services;                 ///< Prefixes of its own settings: `verify`.
  std::vector<std::span<const SettingSpec>> tables;  ///< Beside CommonSettings().
  std::string ops_addr;                              ///< The setting of its operations port.
  std::function<absl::StatusOr<std::unique_ptr<ServiceParts>>(const Settings&,
                                                              std::shared_ptr<MetricsRegistry>)>
      build;
};

/// The whole life of a service's process: settings, logs, parts, operations port, SIGHUP, and on SIGTERM or
/// SIGINT the orderly end (readiness off, doors open for `drain_wait`, then shut; running calls get
/// `drain_time`). When it serves, it logs the event `serving` with its ports.
///
/// Answers the exit status: 0 after an orderly end, 2 for settings that cannot be, 1 when it could not start.
/// A second signal ends the waiting. Call from main(), before any thread is started.
int RunService(const ServiceProgram& program, std::vector<std::string> args);

}  // namespace limpid

#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "enrich-svc/settings.h"  // its table, for the process that runs it
#include "libs/base/metrics.h"
#include "libs/base/settings.h"
#include "libs/rpc/channel.h"
#include "libs/rpc/client.h"
#include "libs/service/inner_server.h"
#include "libs/service/service_process.h"

namespace limpid::enrich {

/// The services that enrich-svc asks.
struct Peers {
  rpc::Peer contact;
};

/// Peers over the network, where the settings say. FAILED_PRECONDITION without `internal_key`.
absl::StatusOr<Peers> RemotePeers(const Settings& settings);

/// The running service.
class EnrichService : public ServiceParts {
 public:
  /// A way in for services of the same process. Ends with the service.
  virtual rpc::Channel InProcessChannel() = 0;
};

/// Builds enrich-svc, opens its door and begins to follow the contacts: every concrete type of it is chosen
/// here. `settings` must outlive it. In one process with contact-svc it is drained first.
absl::StatusOr<std::unique_ptr<EnrichService>> Build(const Settings& settings,
                                                     std::shared_ptr<MetricsRegistry> metrics,
                                                     InnerServer inner, Peers peers);

}  // namespace limpid::enrich

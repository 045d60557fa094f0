#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "libs/base/metrics.h"
#include "libs/base/settings.h"
#include "libs/rpc/client.h"
#include "libs/service/service_process.h"

namespace limpid::gateway {

/// The services behind the gateway.
struct Peers {
  rpc::Peer verify;
  rpc::Peer contact;
  rpc::Peer enrich;
};

/// Peers over the network, where the settings say. FAILED_PRECONDITION without `internal_key`.
absl::StatusOr<Peers> RemotePeers(const Settings& settings);

/// Builds the gateway and opens its doors: every concrete type of it is chosen here.
absl::StatusOr<std::unique_ptr<ServiceParts>> Build(const Settings& settings,
                                                    std::shared_ptr<MetricsRegistry> metrics, Peers peers);

}  // namespace limpid::gateway

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/base/executor.h"
#include "libs/base/metrics.h"
#include "libs/base/settings.h"
#include "libs/rpc/door.h"
#include "libs/rpc/principal.h"
#include "libs/rpc/server.h"

/// The gRPC side of a service behind the gateway, the same for verify-svc, contact-svc and enrich-svc.
namespace limpid {

struct InnerServer {
  std::string service;      ///< Prefix of its settings: `verify`.
  rpc::PrincipalKeys keys;  ///< Whose principals it believes.
  /// True inside `limpid serve`: no port is opened, calls come by Server::InProcessChannel.
  bool in_process = false;
};

/// A door that believes the gateway's principals, with log lines and metrics.
std::shared_ptr<rpc::Door> MakeInnerDoor(const InnerServer& inner, std::shared_ptr<Executor> executor,
                                         std::shared_ptr<MetricsRegistry> metrics);

/// Serves at `<service>.grpc_addr`, with mTLS when it is set.
absl::StatusOr<std::unique_ptr<rpc::Server>> OpenInnerServer(
    const InnerServer& inner, const Settings& settings, std::vector<std::unique_ptr<rpc::Service>> services);

}  // namespace limpid

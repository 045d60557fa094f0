#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/base/metrics.h"
#include "libs/base/settings.h"
#include "libs/rpc/principal.h"
#include "libs/rpc/service.h"
#include "libs/service/service_process.h"

namespace limpid::verify {

/// verify-svc without a door of its own: its gRPC services and what they stand on. Every concrete type of it
/// is chosen here.
class Verification {
 public:
  virtual ~Verification() = default;
  /// The gRPC services, for a server that this object outlives. Once.
  virtual std::vector<std::unique_ptr<rpc::Service>> TakeServices() = 0;
  /// Reads the lists again; what cannot be read leaves the old in force, with a log line.
  virtual void Reload() = 0;
};

/// Fails with the name of the setting or list that is wrong. Callers are believed that `principals` verifies.
absl::StatusOr<std::unique_ptr<Verification>> BuildVerification(
    const Settings& settings, std::shared_ptr<MetricsRegistry> metrics,
    std::shared_ptr<rpc::PrincipalVerifier> principals);

/// The same behind a gRPC server of its own, as the program verify-svc runs it.
absl::StatusOr<std::unique_ptr<ServiceParts>> Build(const Settings& settings,
                                                    std::shared_ptr<MetricsRegistry> metrics);

}  // namespace limpid::verify

#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "libs/base/metrics.h"
#include "libs/base/settings.h"
#include "libs/rpc/channel.h"
#include "libs/service/inner_server.h"
#include "libs/service/service_process.h"

namespace limpid::verify {

/// The running service.
class VerifyService : public ServiceParts {
 public:
  /// A way in for services of the same process. Ends with the service.
  virtual rpc::Channel InProcessChannel() = 0;
};

/// Builds verify-svc and opens its door. Concrete types are chosen in wiring_shared, wiring_email,
/// wiring_phone and wiring_ownership, and meet here. Fails with the name of the setting, list or database
/// that is wrong.
absl::StatusOr<std::unique_ptr<VerifyService>> Build(const Settings& settings,
                                                     std::shared_ptr<MetricsRegistry> metrics,
                                                     const InnerServer& inner);

}  // namespace limpid::verify

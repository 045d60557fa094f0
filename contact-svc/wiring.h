#pragma once

#include <memory>

#include "absl/status/statusor.h"

#include "libs/base/metrics.h"
#include "libs/base/settings.h"
#include "libs/rpc/channel.h"
#include "libs/service/inner_server.h"
#include "libs/service/service_process.h"

namespace limpid::contact {

/// The running service.
class ContactService : public ServiceParts {
 public:
  /// A way in for services of the same process. Ends with the service.
  virtual rpc::Channel InProcessChannel() = 0;
};

/// Builds contact-svc over its database and opens its door: every concrete type of it is chosen here. Fails
/// with the name of the setting, list or database that is wrong.
absl::StatusOr<std::unique_ptr<ContactService>> Build(const Settings& settings,
                                                      std::shared_ptr<MetricsRegistry> metrics,
                                                      const InnerServer& inner);

}  // namespace limpid::contact

#include "libs/service/inner_server.h"

#include <utility>

#include "libs/base/strings.h"
#include "libs/rpc/observers.h"
#include "libs/service/common_parts.h"

namespace limpid {

std::shared_ptr<rpc::Door> MakeInnerDoor(const InnerServer& inner, std::shared_ptr<Executor> executor,
                                         std::shared_ptr<MetricsRegistry> metrics) {
  auto door = std::make_shared<rpc::Door>();
  door->domain = StrCat(inner.service, ".limpid");
  door->authenticator = rpc::MakePrincipalAuthenticator(std::make_shared<rpc::PrincipalVerifier>(inner.keys));
  door->executor = std::move(executor);
  door->observers = rpc::StandardObservers(std::move(metrics), inner.service);
  return door;
}

absl::StatusOr<std::unique_ptr<rpc::Server>> OpenInnerServer(
    const InnerServer& inner, const Settings& settings, std::vector<std::unique_ptr<rpc::Service>> services) {
  rpc::ServerOptions options;
  if (!inner.in_process) {
    options.address = settings.Text(StrCat(inner.service, ".grpc_addr"));
    options.tls = InternalTls(settings);
  }
  return rpc::Server::Start(options, std::move(services));
}

}  // namespace limpid

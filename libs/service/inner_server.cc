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
  if (inner.in_process) return rpc::Server::Start({}, std::move(services));
  const rpc::TlsFiles tls = InternalTls(settings);
  if (absl::Status status = rpc::CheckTlsFiles(tls, /*server=*/true); !status.ok())
    return NamingSetting("tls_cert_file, tls_key_file, tls_ca_file", status);
  const std::string setting = StrCat(inner.service, ".grpc_addr");
  auto server = rpc::Server::Start({.address = settings.Text(setting), .tls = tls}, std::move(services));
  if (!server.ok()) return NamingSetting(setting, server.status());
  return server;
}

}  // namespace limpid

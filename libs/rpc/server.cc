#include "libs/rpc/server.h"

#include <mutex>
#include <utility>

#include <grpc/grpc.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/resource_quota.h>

#include "libs/base/clock.h"
#include "libs/base/strings.h"
#include "libs/rpc/descriptor_service.h"
#include "libs/rpc/local_server.h"
#include "libs/rpc/process_setup.h"

namespace limpid::rpc {
namespace {

int Milliseconds(absl::Duration duration) { return static_cast<int>(absl::ToInt64Milliseconds(duration)); }

void SetLimits(const ServerOptions& options, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(options.max_message_bytes);
  builder.SetMaxSendMessageSize(options.max_message_bytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, options.max_metadata_bytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.max_concurrent_streams);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Milliseconds(options.max_connection_age));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(options.keepalive_time));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Milliseconds(options.keepalive_timeout));
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
  // Two processes on one port would share the callers between them without a word.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, 0);
  // Only `identity`: gRPC 1.51 inflates a message before it checks its size, 1 MB becoming 1 GB.
  builder.AddChannelArgument(GRPC_COMPRESSION_CHANNEL_ENABLED_ALGORITHMS_BITSET, 1);
  grpc::ResourceQuota quota("limpid-server");
  quota.Resize(options.max_buffer_bytes);
  builder.SetResourceQuota(quota);
}

}  // namespace

class Server::Impl {
 public:
  explicit Impl(std::vector<std::unique_ptr<Service>> services) {
    std::vector<LocalMethod> local;
    for (auto& service : services) {
      services_.emplace_back(&dynamic_cast<DescriptorService&>(*service.release()));
      const std::vector<LocalMethod>& methods = services_.back()->local_methods();
      local.insert(local.end(), methods.begin(), methods.end());
    }
    local_ = std::make_shared<LocalServer>(local);
  }
  ~Impl() { Drain(absl::ZeroDuration()); }

  absl::Status Start(const ServerOptions& options) {
    SetUpProcess();
    if (absl::Status status = CheckTlsFiles(options.tls, /*server=*/true); !status.ok()) return status;
    grpc::ServerBuilder builder;
    SetLimits(options, builder);
    int bound = 0;
    if (!options.address.empty()) {
      builder.AddListeningPort(options.address, MakeServerCredentials(options.tls), &bound);
    }
    for (const auto& service : services_) builder.RegisterService(service.get());
    server_ = builder.BuildAndStart();
    const bool unix_socket = options.address.starts_with("unix:");
    if (server_ == nullptr || (bound == 0 && !options.address.empty() && !unix_socket)) {
      return absl::UnavailableError(
          StrCat("cannot listen on ", options.address, ": it is in use or not ours"));
    }
    port_ = unix_socket ? 0 : static_cast<uint16_t>(bound);
    for (const auto& service : services_)
      server_->GetHealthCheckService()->SetServingStatus(service->full_name(), true);
    return absl::OkStatus();
  }

  uint16_t port() const { return port_; }

  Channel InProcessChannel() {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    return {.grpc = server_->InProcessChannel(arguments), .local = local_};
  }

  void AnnounceDrain() { server_->GetHealthCheckService()->SetServingStatus(false); }

  void Drain(absl::Duration grace) {
    if (server_ == nullptr) return;
    std::call_once(drained_, [&] {
      AnnounceDrain();
      const SteadyTime deadline = SystemClock().SteadyNow() + absl::ToChronoNanoseconds(grace);
      local_->Close();
      server_->Shutdown(absl::ToChronoTime(SystemClock().Now() + grace));
      server_->Wait();
      local_->Drain(deadline);
    });
  }

 private:
  // Services outlive the server, which calls them until it has shut down.
  std::vector<std::unique_ptr<DescriptorService>> services_;
  std::shared_ptr<LocalServer> local_;
  std::unique_ptr<grpc::Server> server_;
  std::once_flag drained_;
  uint16_t port_ = 0;
};

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options,
                                                      std::vector<std::unique_ptr<Service>> services) {
  auto impl = std::make_unique<Impl>(std::move(services));
  if (absl::Status status = impl->Start(options); !status.ok()) return status;
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;
uint16_t Server::port() const { return impl_->port(); }
Channel Server::InProcessChannel() { return impl_->InProcessChannel(); }
void Server::AnnounceDrain() { impl_->AnnounceDrain(); }
void Server::Drain(absl::Duration grace) { impl_->Drain(grace); }

}  // namespace limpid::rpc

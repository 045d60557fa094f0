// The only file that includes Boost: Asio for sockets, timers and TLS, Beast for its HTTP parser. What needs
// neither stands beside it: which requests are admitted (request_draft.h), what a connection does next
// (session.h), what its answers look like (answer_writer.h).
#include "libs/http/server.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/answer_writer.h"
#include "libs/http/asio_connection.h"
#include "libs/http/asio_transport.h"
#include "libs/http/asio_worker.h"
#include "libs/http/server_tls.h"

namespace limpid::http {
namespace {

namespace net = boost::asio;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;
using internal::AsioConnection;
using internal::AsioWorker;
using internal::IoExecutor;
using internal::ServerShared;
using internal::Socket;
using internal::Timer;
using net::ip::tcp;
using Acceptor = net::basic_socket_acceptor<tcp, IoExecutor>;

constexpr auto kAcceptPause = std::chrono::milliseconds(100);
constexpr int kBacklog = 4096;

/// Options that accepted sockets take over from the one that listens. A client that vanished without a word
/// is found out after two minutes: a stream that has nothing to say would never notice.
void SetInherited(Acceptor& acceptor, error_code& ec) {
  acceptor.set_option(tcp::no_delay(true), ec);
  acceptor.set_option(net::socket_base::keep_alive(true), ec);
  for (const auto& [option, value] : {std::pair(TCP_KEEPIDLE, 60), {TCP_KEEPINTVL, 15}, {TCP_KEEPCNT, 4}}) {
    if (setsockopt(acceptor.native_handle(), IPPROTO_TCP, option, &value, sizeof(value)) != 0) {
      ec = error_code(errno, boost::system::system_category());
    }
  }
}

/// A TLS configuration in force. Asio asks for a mutable one to make streams from; nothing changes it.
struct TlsContext {
  explicit TlsContext(internal::SslContext loaded) : context(loaded.release()) {}
  mutable ssl::context context;
};

}  // namespace

class Server::Impl {
 public:
  Impl(Options options, std::shared_ptr<Handler> handler)
      : shared_(std::make_shared<ServerShared>(std::move(options), std::move(handler))) {
    for (int i = 0; i < std::max(1, shared_->options.threads); ++i) {
      workers_.push_back(std::make_shared<AsioWorker>(shared_));
    }
    acceptor_.emplace(workers_.front()->io());
    pause_.emplace(workers_.front()->io());
  }

  absl::Status Listen() {
    const Options& options = shared_->options;
    if (options.tls_cert_file.empty() != options.tls_key_file.empty()) {
      return FailedPrecondition(reason::kFailedPrecondition, "TLS needs both a certificate and a key file.");
    }
    if (!options.tls_cert_file.empty()) {
      if (absl::Status loaded = ReloadTls(); !loaded.ok()) return loaded;
    }
    error_code ec;
    const auto address = net::ip::make_address(options.host, ec);
    const tcp::endpoint endpoint(address, options.port);
    if (!ec) acceptor_->open(endpoint.protocol(), ec);
    if (!ec) acceptor_->set_option(net::socket_base::reuse_address(true), ec);
    if (!ec) SetInherited(*acceptor_, ec);
    if (!ec) acceptor_->bind(endpoint, ec);
    if (!ec) acceptor_->listen(kBacklog, ec);
    if (!ec) port_ = acceptor_->local_endpoint(ec).port();
    if (ec) {
      return FailedPrecondition(reason::kFailedPrecondition, StrCat("Cannot listen on ", options.host, ":",
                                                                    options.port, ": ", ec.message()));
    }
    Accept();
    for (const auto& worker : workers_) worker->Start();
    started_ = true;
    return absl::OkStatus();
  }

  uint16_t port() const { return port_; }
  size_t open_connections() const { return shared_->connections.open(); }
  void AnnounceDrain() { shared_->leaving.announced = true; }

  absl::Status ReloadTls() {
    auto loaded = internal::LoadServerTls(shared_->options.tls_cert_file, shared_->options.tls_key_file);
    if (!loaded.ok()) return loaded.status();
    tls_.Set(std::make_shared<const TlsContext>(*std::move(loaded)));
    return absl::OkStatus();
  }

  void Drain(absl::Duration grace) {
    if (!started_) return;
    shared_->leaving.draining = true;
    workers_.front()->Post([this] {
      error_code ignored;
      acceptor_->close(ignored);
      pause_->cancel();
    });
    ForEachClient([](AsioWorker::Client& client) { client.OnDrain(); });
    if (!shared_->connections.AwaitNone(grace)) {
      ForEachClient([](AsioWorker::Client& client) { client.Close(); });
      shared_->connections.AwaitNone(absl::InfiniteDuration());
    }
    for (const auto& worker : workers_) worker->Stop();
  }

 private:
  void Accept() {
    AsioWorker& next = *workers_[next_worker_++ % workers_.size()];
    acceptor_->async_accept(next.io().get_executor(), [this, &next](const error_code& ec, Socket socket) {
      if (shared_->leaving.draining) return;
      if (ec == net::error::operation_aborted) return;
      if (ec) return AcceptLater();
      Admit(next, std::move(socket));
      Accept();
    });
  }

  // Out of descriptors: accepting again at once would only spin.
  void AcceptLater() {
    pause_->expires_after(kAcceptPause);
    pause_->async_wait([this](const error_code& ec) {
      if (!ec) Accept();
    });
  }

  void Admit(AsioWorker& worker, Socket socket) {
    const auto tls = tls_.Get();
    if (!shared_->connections.Enter()) {
      error_code ignored;
      socket.non_blocking(true, ignored);
      static const std::string full = internal::TooManyConnectionsAnswer();
      if (tls == nullptr) socket.write_some(net::buffer(full), ignored);
      return;
    }
    const bool admitted =
        worker.Post([self = worker.shared_from_this(), socket = std::move(socket), tls]() mutable {
          std::make_shared<AsioConnection>(self, std::move(socket), tls ? &tls->context : nullptr)->Start();
        });
    if (!admitted) shared_->connections.Leave();
  }

  template <class Action>
  void ForEachClient(Action action) {
    for (const auto& worker : workers_) {
      worker->Post([worker, action] { worker->ForEach(action); });
    }
  }

  const std::shared_ptr<ServerShared> shared_;
  std::vector<std::shared_ptr<AsioWorker>> workers_;
  std::optional<Acceptor> acceptor_;  ///< On the first worker's thread, as is the timer.
  std::optional<Timer> pause_;
  size_t next_worker_ = 0;
  uint16_t port_ = 0;
  bool started_ = false;
  Snapshot<TlsContext> tls_;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { impl_->Drain(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(Options options, std::shared_ptr<Handler> handler) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(handler));
  if (absl::Status listening = impl->Listen(); !listening.ok()) return listening;
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

uint16_t Server::port() const { return impl_->port(); }
size_t Server::open_connections() const { return impl_->open_connections(); }
absl::Status Server::ReloadTls() { return impl_->ReloadTls(); }
void Server::AnnounceDrain() { impl_->AnnounceDrain(); }
void Server::Drain(absl::Duration grace) { impl_->Drain(grace); }

}  // namespace limpid::http

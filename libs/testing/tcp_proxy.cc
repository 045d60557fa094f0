#include "libs/testing/tcp_proxy.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include "libs/base/clock.h"

namespace limpid::testing {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

[[noreturn]] void Fail(const char* what) {
  std::perror(what);
  std::abort();
}

UniqueFd Listen(int port) {
  UniqueFd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const sockaddr_in address = Loopback(port);
  if (bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) Fail("bind");
  if (listen(fd.get(), 128) != 0) Fail("listen");
  return fd;
}

int PortOf(const UniqueFd& fd) {
  sockaddr_in address = {};
  socklen_t size = sizeof(address);
  if (getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) Fail("getsockname");
  return ntohs(address.sin_port);
}

UniqueFd ConnectTo(int port) {
  UniqueFd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_in address = Loopback(port);
  if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) fd.Reset();
  return fd;
}

void WithoutDelay(const UniqueFd& fd) {
  const int on = 1;
  setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

}  // namespace

// One connection through the proxy.
class TcpProxy::Link {
 public:
  Link(UniqueFd client, UniqueFd server) : client_(std::move(client)), server_(std::move(server)) {
    WithoutDelay(client_);
    WithoutDelay(server_);
  }

  int client() const { return client_.get(); }
  int server() const { return server_.get(); }
  SteadyTime next_delivery() const { return late_.empty() ? SteadyTime::max() : late_.front().due; }

  // Each returns false when the connection is over.
  bool FromClient(const LinkFault& fault) {
    std::array<char, 16384> buffer;
    const ssize_t got = recv(client(), buffer.data(), buffer.size(), 0);
    if (got <= 0) return false;
    if (fault.kind == LinkFault::Kind::kBlackHole) return true;
    if (fault.kind == LinkFault::Kind::kAnswer) return Send(client(), fault.text);
    return Send(server(), {buffer.data(), static_cast<size_t>(got)});
  }

  bool FromServer(LinkFault& fault) {
    std::array<char, 16384> buffer;
    const ssize_t got = recv(server(), buffer.data(), buffer.size(), 0);
    if (got <= 0) return false;
    const auto size = static_cast<size_t>(got);
    std::string_view answer(buffer.data(), size);
    switch (fault.kind) {
      case LinkFault::Kind::kNone:
      case LinkFault::Kind::kRefuse:
        return Send(client(), answer);
      case LinkFault::Kind::kBlackHole:
      case LinkFault::Kind::kAnswer:
        return true;
      case LinkFault::Kind::kLatency:
        late_.push_back(
            {SystemClock().SteadyNow() + absl::ToChronoNanoseconds(fault.delay), std::string(answer)});
        return true;
      case LinkFault::Kind::kFlipByte:
        if (fault.offset >= size) {
          fault.offset -= size;
          return Send(client(), answer);
        }
        buffer[fault.offset] = static_cast<char>(buffer[fault.offset] ^ 1);
        fault = {};
        return Send(client(), answer);
      case LinkFault::Kind::kCut:
        answer = answer.substr(0, fault.offset);
        fault.offset -= answer.size();
        return Send(client(), answer) && fault.offset > 0;
    }
    return false;
  }

  bool Deliver(SteadyTime now) {
    for (; !late_.empty() && late_.front().due <= now; late_.pop_front()) {
      if (!Send(client(), late_.front().bytes)) return false;
    }
    return true;
  }

 private:
  struct Late {
    SteadyTime due;
    std::string bytes;
  };

  // What does not fit into the socket's buffer ends the connection: no test sends so much.
  static bool Send(int fd, std::string_view bytes) {
    return send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) ==
           static_cast<ssize_t>(bytes.size());
  }

  UniqueFd client_;
  UniqueFd server_;
  std::deque<Late> late_;
};

TcpProxy::TcpProxy(int server_port)
    : server_port_(server_port), wake_(eventfd(0, EFD_CLOEXEC)), listener_(Listen(0)) {
  port_ = PortOf(listener_);
  thread_ = std::thread([this] { Loop(); });
}

TcpProxy::~TcpProxy() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  eventfd_write(wake_.get(), 1);
  thread_.join();
}

void TcpProxy::Set(LinkFault fault) {
  MutexLock lock(mutex_);
  fault_ = std::move(fault);
  const int64_t mine = ++faults_set_;
  eventfd_write(wake_.get(), 1);
  changed_.WaitUntil(mutex_, SteadyTime::max(),
                     [this, mine]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return faults_in_force_ >= mine; });
}

int64_t TcpProxy::accepted() const {
  MutexLock lock(mutex_);
  return accepted_;
}

void TcpProxy::Loop() {
  std::vector<std::unique_ptr<Link>> links;
  LinkFault fault;
  for (;;) {
    std::vector<pollfd> watched = {{.fd = wake_.get(), .events = POLLIN, .revents = 0},
                                   {.fd = listener_.get(), .events = POLLIN, .revents = 0}};
    SteadyTime next = SteadyTime::max();
    for (const auto& link : links) {
      watched.push_back({.fd = link->client(), .events = POLLIN, .revents = 0});
      watched.push_back({.fd = link->server(), .events = POLLIN, .revents = 0});
      next = std::min(next, link->next_delivery());
    }
    int timeout = -1;
    if (next != SteadyTime::max()) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - SystemClock().SteadyNow());
      timeout = static_cast<int>(std::max<int64_t>(left.count(), 0));
    }
    poll(watched.data(), watched.size(), timeout);

    const SteadyTime now = SystemClock().SteadyNow();
    const size_t polled = links.size();
    std::vector<std::unique_ptr<Link>> alive;
    for (size_t i = 0; i < polled; ++i) {
      bool open = links[i]->Deliver(now);
      if (open && watched[2 + 2 * i].revents != 0) open = links[i]->FromClient(fault);
      if (open && watched[3 + 2 * i].revents != 0) open = links[i]->FromServer(fault);
      if (open) alive.push_back(std::move(links[i]));
    }
    links = std::move(alive);

    if (watched[1].revents != 0) {
      UniqueFd client(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      UniqueFd server = ConnectTo(server_port_);
      // Who cannot be served is closed, as by a server that went away.
      if (client.valid() && server.valid()) {
        links.push_back(std::make_unique<Link>(std::move(client), std::move(server)));
      }
      MutexLock lock(mutex_);
      ++accepted_;
    }
    if (watched[0].revents == 0) continue;

    eventfd_t count = 0;
    eventfd_read(wake_.get(), &count);
    MutexLock lock(mutex_);
    if (stopping_) return;
    fault = fault_;
    if (fault.kind == LinkFault::Kind::kRefuse) {
      listener_.Reset();
      links.clear();
    } else if (!listener_.valid()) {
      listener_ = Listen(port_);
    }
    faults_in_force_ = faults_set_;
    changed_.NotifyAll();
  }
}

}  // namespace limpid::testing

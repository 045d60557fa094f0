#include "tests/verify-svc/email/dns/scripted_dns.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include "libs/base/strings.h"

namespace limpid::verify::dns {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

bool Bind(int fd, int port) {
  const sockaddr_in address = Loopback(port);
  return bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
}

int PortOf(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

ScriptedDns::ScriptedDns(Script script) : script_(std::move(script)), wake_(eventfd(0, EFD_CLOEXEC)) {
  // The port that UDP gets may be taken for TCP.
  for (int attempt = 0; attempt < 20; ++attempt) {
    udp_.Reset(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    tcp_.Reset(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!Bind(udp_.get(), 0)) continue;
    port_ = PortOf(udp_.get());
    if (Bind(tcp_.get(), port_) && listen(tcp_.get(), 16) == 0) {
      thread_ = std::thread([this] { Work(); });
      return;
    }
  }
  std::perror("ScriptedDns");
  std::abort();
}

ScriptedDns::~ScriptedDns() {
  const std::uint64_t one = 1;
  (void)!write(wake_.get(), &one, sizeof(one));
  thread_.join();
}

std::string ScriptedDns::address() const { return StrCat("127.0.0.1:", port_); }

void ScriptedDns::Work() {
  for (;;) {
    std::array<pollfd, 3> waiting = {pollfd{wake_.get(), POLLIN, 0}, pollfd{udp_.get(), POLLIN, 0},
                                     pollfd{tcp_.get(), POLLIN, 0}};
    poll(waiting.data(), waiting.size(), -1);
    if (waiting[0].revents != 0) return;
    if (waiting[1].revents != 0) AnswerUdp();
    if (waiting[2].revents != 0) AnswerTcp();
  }
}

void ScriptedDns::AnswerUdp() {
  std::array<char, 4096> buffer{};
  sockaddr_in from{};
  socklen_t size = sizeof(from);
  auto* const generic = reinterpret_cast<sockaddr*>(&from);
  const ssize_t count = recvfrom(udp_.get(), buffer.data(), buffer.size(), 0, generic, &size);
  if (count <= 0) return;
  ++asked_by_udp_;
  for (const std::string& answer : script_({buffer.data(), static_cast<std::size_t>(count)}, false)) {
    sendto(udp_.get(), answer.data(), answer.size(), 0, generic, size);
  }
}

void ScriptedDns::AnswerTcp() {
  const UniqueFd connection(accept4(tcp_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  std::array<char, 4096> buffer{};
  const ssize_t count = recv(connection.get(), buffer.data(), buffer.size(), 0);
  if (count <= 2) return;
  ++asked_by_tcp_;
  for (const std::string& answer : script_({buffer.data() + 2, static_cast<std::size_t>(count) - 2}, true)) {
    const std::string framed =
        std::string{static_cast<char>(answer.size() >> 8), static_cast<char>(answer.size() & 0xFF)} + answer;
    send(connection.get(), framed.data(), framed.size(), MSG_NOSIGNAL);
  }
  // Open until the other side has read it.
  recv(connection.get(), buffer.data(), buffer.size(), 0);
}

}  // namespace limpid::verify::dns

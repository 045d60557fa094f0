#include "tests/libs/http/canned_server.h"

#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace limpid::http {

bool CannedServer::Connection::Send(const std::string& bytes) const {
  for (std::string_view rest = bytes; !rest.empty();) {
    const ssize_t sent = send(fd_, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    rest.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

void CannedServer::Connection::AwaitClose() const {
  char chunk[4096];
  while (recv(fd_, chunk, sizeof(chunk), 0) > 0) {
  }
}

CannedServer::CannedServer(Behaviour behaviour)
    : behaviour_(std::move(behaviour)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
  listen(listener_, 16);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { Accept(); });
}

CannedServer::~CannedServer() {
  shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  handlers_.clear();
  close(listener_);
}

std::string CannedServer::url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

void CannedServer::Accept() {
  for (;;) {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    ++connections_;
    handlers_.emplace_back([this, fd] {
      std::string head;
      char byte = 0;
      while (head.find("\r\n\r\n") == std::string::npos && recv(fd, &byte, 1, 0) == 1) head.push_back(byte);
      behaviour_(Connection(fd));
      close(fd);
    });
  }
}

}  // namespace limpid::http

#include "tests/libs/http/raw_client.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace limpid::http {

RawClient::RawClient(uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval patience{.tv_sec = 20, .tv_usec = 0};
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
    close(fd_);
    fd_ = -1;
  }
}

RawClient::~RawClient() {
  if (fd_ >= 0) close(fd_);
}

bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

void RawClient::HalfClose() { shutdown(fd_, SHUT_WR); }

bool RawClient::Receive() {
  char chunk[16 * 1024];
  const ssize_t got = recv(fd_, chunk, sizeof(chunk), 0);
  if (got <= 0) return false;
  buffer_.append(chunk, static_cast<size_t>(got));
  return true;
}

bool RawClient::ReadUntil(std::string_view text) {
  while (buffer_.find(text) == std::string::npos) {
    if (!Receive()) return false;
  }
  return true;
}

std::string RawClient::ReadAnswer() {
  if (!ReadUntil("\r\n\r\n")) return std::exchange(buffer_, {});
  const size_t head = buffer_.find("\r\n\r\n") + 4;
  size_t end = head;
  const size_t length = buffer_.find("Content-Length: ");
  if (length < head) {
    end += std::strtoul(buffer_.c_str() + length + 16, nullptr, 10);
    while (buffer_.size() < end && Receive()) {
    }
  } else if (buffer_.find("Transfer-Encoding: chunked") < head) {
    ReadUntil("\r\n0\r\n\r\n");
    end = buffer_.find("\r\n0\r\n\r\n");
    end = end == std::string::npos ? buffer_.size() : end + 7;
  }
  end = std::min(end, buffer_.size());
  std::string answer = buffer_.substr(0, end);
  buffer_.erase(0, end);
  return answer;
}

std::string RawClient::ReadAll() {
  while (Receive()) {
  }
  return std::exchange(buffer_, {});
}

int StatusOf(std::string_view answer) {
  if (!answer.starts_with("HTTP/1.1 ") || answer.size() < 12) return 0;
  return std::atoi(std::string(answer.substr(9, 3)).c_str());
}

std::string_view BodyOf(std::string_view answer) {
  const size_t head = answer.find("\r\n\r\n");
  return head == std::string_view::npos ? std::string_view() : answer.substr(head + 4);
}

}  // namespace limpid::http

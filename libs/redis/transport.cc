#include "libs/redis/transport.h"

#include <cerrno>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>

#include "libs/base/error.h"

namespace limpid::redis {
namespace {

class PlainTransport final : public Transport {
 public:
  explicit PlainTransport(UniqueFd fd) : fd_(std::move(fd)) {}

  int fd() const override { return fd_.get(); }
  IoResult Handshake() override { return {}; }
  IoResult Read(std::span<char> into) override {
    const ssize_t got = recv(fd_.get(), into.data(), into.size(), 0);
    if (got == 0) return {.state = IoResult::State::kClosed};
    return Result(got, IoResult::State::kWantRead);
  }
  IoResult Write(std::string_view bytes) override {
    return Result(send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL), IoResult::State::kWantWrite);
  }

 private:
  static IoResult Result(ssize_t count, IoResult::State would_block) {
    if (count >= 0) return {.bytes = static_cast<size_t>(count)};
    const bool again = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    return {.state = again ? would_block : IoResult::State::kClosed};
  }

  UniqueFd fd_;
};

int PendingError(int fd) {
  int error = 0;
  socklen_t length = sizeof(error);
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : errno;
}

}  // namespace

std::unique_ptr<Transport> MakePlainTransport(UniqueFd fd) {
  return std::make_unique<PlainTransport>(std::move(fd));
}

absl::StatusOr<UniqueFd> Connect(const Address& address, SteadyTime until, const Interrupt& interrupt) {
  UniqueFd fd(socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd.valid()) return Unavailable("redis");
  if (address.storage.ss_family != AF_UNIX) {
    const int on = 1;
    setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  }
  if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.length) == 0) return fd;
  if (errno != EINPROGRESS) return Unavailable("redis");
  if (WaitFor(fd.get(), POLLOUT, until, interrupt) != Waited::kReady) return Unavailable("redis");
  if (PendingError(fd.get()) != 0) return Unavailable("redis");
  return fd;
}

}  // namespace limpid::redis

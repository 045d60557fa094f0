#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <sys/socket.h>

#include "absl/status/statusor.h"

#include "libs/base/clock.h"
#include "libs/base/unique_fd.h"
#include "libs/redis/interrupt.h"

namespace limpid::redis {

/// How far a read, write or handshake got without waiting.
struct IoResult {
  enum class State { kDone, kWantRead, kWantWrite, kClosed };
  State state = State::kDone;
  size_t bytes = 0;
};

/// A connected, non-blocking stream of bytes, plain or TLS. One thread at a time.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual int fd() const = 0;
  virtual IoResult Handshake() = 0;
  virtual IoResult Read(std::span<char> into) = 0;
  virtual IoResult Write(std::string_view bytes) = 0;
};

std::unique_ptr<Transport> MakePlainTransport(UniqueFd fd);

/// A socket address of any family.
struct Address {
  sockaddr_storage storage = {};
  socklen_t length = 0;
};

/// A non-blocking socket connected to `address` before `until`; UNAVAILABLE otherwise.
absl::StatusOr<UniqueFd> Connect(const Address& address, SteadyTime until, const Interrupt& interrupt);

}  // namespace limpid::redis

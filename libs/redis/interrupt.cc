#include "libs/redis/interrupt.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include <poll.h>
#include <sys/eventfd.h>

namespace limpid::redis {
namespace {

// poll() counts in int milliseconds; a longer wait is cut and begun anew by the caller's loop.
constexpr int64_t kLongestWait = 3'600'000;

int MillisecondsUntil(SteadyTime until) {
  if (until == SteadyTime::max()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<int64_t>(left.count(), 0, kLongestWait));
}

}  // namespace

Interrupt::Interrupt() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void Interrupt::Raise() {
  const uint64_t one = 1;
  // Fails only when the count is at its limit, and then the reader is awake anyway.
  [[maybe_unused]] const ssize_t written = write(fd_.get(), &one, sizeof(one));
}

void Interrupt::Clear() {
  uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = read(fd_.get(), &count, sizeof(count));
}

Waited WaitFor(int fd, short events, SteadyTime until, const Interrupt& interrupt) {
  std::array<pollfd, 2> watched = {pollfd{.fd = interrupt.fd(), .events = POLLIN, .revents = 0},
                                   pollfd{.fd = events == 0 ? -1 : fd, .events = events, .revents = 0}};
  // EINTR looks like a timeout here, and the loops around every wait look at the clock again.
  if (poll(watched.data(), watched.size(), MillisecondsUntil(until)) <= 0) return Waited::kTimeout;
  return watched[0].revents != 0 ? Waited::kInterrupted : Waited::kReady;
}

}  // namespace limpid::redis

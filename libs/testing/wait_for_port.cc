#include "libs/testing/wait_for_port.h"

#include <chrono>
#include <cstdint>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "libs/base/unique_fd.h"

namespace limpid::testing {
namespace {

constexpr auto kPatience = std::chrono::minutes(1);
constexpr auto kPause = std::chrono::milliseconds(5);

bool TakesConnections(int port) {
  const UniqueFd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
}

// Looks without reaping: that is for the one who started it.
bool HasEnded(pid_t pid) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == pid;
}

}  // namespace

bool WaitForPort(int port, pid_t pid) {
  const auto give_up = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < give_up && !HasEnded(pid)) {
    if (TakesConnections(port)) return true;
    std::this_thread::sleep_for(kPause);
  }
  return false;
}

}  // namespace limpid::testing

#include "libs/redis/resolve.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <thread>

#include <netdb.h>
#include <poll.h>
#include <sys/un.h>

#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/reasons.h"

namespace limpid::redis {
namespace {

std::vector<Address> LookUp(const HostPort& host, int flags) {
  const addrinfo hints = {
      .ai_flags = flags | AI_NUMERICSERV, .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
  addrinfo* list = nullptr;
  if (getaddrinfo(host.host.c_str(), std::to_string(host.port).c_str(), &hints, &list) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(list, freeaddrinfo);
  std::vector<Address> addresses;
  for (const addrinfo* each = list; each != nullptr; each = each->ai_next) {
    Address& address = addresses.emplace_back();
    std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
    address.length = each->ai_addrlen;
  }
  return addresses;
}

// Shared with the thread of the look-up, which may outlive who asked.
struct PendingLookUp {
  Interrupt done;
  Mutex mutex;
  std::vector<Address> addresses ABSL_GUARDED_BY(mutex);
};

}  // namespace

absl::StatusOr<std::vector<Address>> Resolve(const HostPort& host, SteadyTime until,
                                             const Interrupt& interrupt) {
  std::vector<Address> addresses = LookUp(host, AI_NUMERICHOST);
  if (!addresses.empty()) return addresses;
  const auto pending = std::make_shared<PendingLookUp>();
  std::thread([pending, host] {
    std::vector<Address> found = LookUp(host, AI_ADDRCONFIG);
    {
      MutexLock lock(pending->mutex);
      pending->addresses = std::move(found);
    }
    pending->done.Raise();
  }).detach();
  WaitFor(pending->done.fd(), POLLIN, until, interrupt);
  MutexLock lock(pending->mutex);
  if (pending->addresses.empty()) return Unavailable("redis");
  return std::move(pending->addresses);
}

absl::StatusOr<Address> UnixAddress(const std::string& path) {
  sockaddr_un socket_address = {};
  socket_address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(socket_address.sun_path)) {
    return InvalidRequest(reason::kTooLong, "The path of the unix socket has more than 107 characters.");
  }
  std::ranges::copy(path, socket_address.sun_path);
  Address address;
  std::memcpy(&address.storage, &socket_address, sizeof(socket_address));
  address.length = sizeof(socket_address);
  return address;
}

}  // namespace limpid::redis
